"""The process in which Typst runs: `python -m psm_course.printing.press`. It takes orders on standard input until that ends.

The first line is what every document of it is made with; each further line is an order, answered by a line that says how long the PDF is
which follows, or what is wrong with it.
"""

import json
import signal
import sys
from importlib.resources import files
from typing import BinaryIO


def main() -> None:
    """Print until nobody orders any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches every process of the terminal: whoever ordered ends this one
    import typst  # noqa: PLC0415 - only after that

    orders, done = sys.stdin.buffer, sys.stdout.buffer
    inputs = json.loads(orders.readline())
    templates = str(files("psm_course.printing").joinpath("templates"))
    compiler = typst.Compiler(b"", root=templates, ignore_system_fonts=True, sys_inputs=inputs)
    for line in orders:
        order = json.loads(line)
        try:
            pdf = compiler.compile(order["source"].encode(), format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=order["dated"])
        except typst.TypstError as error:
            _answer(done, {"trouble": str(error)})
        else:
            whole = pdf if isinstance(pdf, bytes) else b""  # a list of pages only where no PDF was asked for
            _answer(done, {"length": len(whole)}, whole)


def _answer(done: BinaryIO, said: dict[str, str | int], pdf: bytes = b"") -> None:
    done.write(json.dumps(said).encode() + b"\n" + pdf)
    done.flush()


if __name__ == "__main__":
    main()
