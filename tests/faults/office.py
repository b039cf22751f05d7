"""The office of `tests.load.office`, with many checkpoints: some fall into a short burst."""

from tests.load import office

if __name__ == "__main__":
    office.main(every=0.05)
