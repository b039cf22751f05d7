"""The process that runs Typst: `python -m psm_course.printing.press`.

It reads lines of JSON from standard input. The first line has Typst's `sys.inputs`, which are the
same for every document. Each further line is an order to print one document: its Typst source and
its date. The answer to an order is a line with the length of the PDF, followed by the PDF; or a
line with the error.
"""

import json
import signal
import sys
from importlib.resources import files
from typing import BinaryIO


def main() -> None:
    """Answer each line of standard input with a PDF on standard output, until the input ends.

    The first line has the inputs of all documents. Each other line is JSON with the Typst `source`
    of a document and its date, `dated`.
    """
    # Ctrl+C reaches every process of the terminal: whoever ordered ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import typst  # noqa: PLC0415 - only after that

    orders, done = sys.stdin.buffer, sys.stdout.buffer
    inputs = json.loads(orders.readline())
    templates = str(files("psm_course.printing").joinpath("templates"))
    # No fonts of the machine: the same document must have the same bytes everywhere.
    compiler = typst.Compiler(b"", root=templates, ignore_system_fonts=True, sys_inputs=inputs)
    for line in orders:
        order = json.loads(line)
        try:
            pdf = compiler.compile(
                order["source"].encode(),
                format="pdf",
                pdf_standards=["a-3a", "ua-1"],
                timestamp=order["dated"],
            )
        except typst.TypstError as error:
            _answer(done, {"trouble": str(error)})
        else:
            # A list of pages only where no PDF was asked for.
            whole = pdf if isinstance(pdf, bytes) else b""
            _answer(done, {"length": len(whole)}, whole)


def _answer(done: BinaryIO, said: dict[str, str | int], pdf: bytes = b"") -> None:
    done.write(json.dumps(said).encode() + b"\n" + pdf)
    done.flush()


if __name__ == "__main__":
    main()
