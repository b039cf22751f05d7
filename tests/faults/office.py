"""The office of `tests.load.office`, with a checkpoint again and again: many of them fall into a
short burst.
"""

from tests.load import office

if __name__ == "__main__":
    office.main(every=0.05)
