"""The trainer's kernel: all our functions are imported, and errors are one Indonesian sentence.

It is loaded as an IPython extension. `%tb` shows Python's own traceback.
"""

import builtins
import sys
from types import TracebackType
from typing import Any

from psm_course import trainer
from psm_course.authoring.problems import did_you_mean, shorten
from psm_course.errors import PsmError


def load_ipython_extension(shell: Any) -> None:
    """Prepare the trainer's kernel; IPython calls this when the kernel starts."""
    # A trainer adds a cell with one word in it; that
    # the lesson imports other words must not matter.
    shell.push({name: getattr(trainer, name) for name in trainer.__all__}, interactive=False)
    shell.set_custom_exc((Exception,), _say)


def _say(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    **_: Any,
) -> list[str]:
    """Show an error, and return the lines that were shown, as IPython asks of such a function."""
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace  # for %tb
    said = [sentence_about(error, trace, {*shell.user_ns, *vars(builtins)})]
    # The only way to show lines of one's own as an error.
    shell._showtraceback(kind, said[0], said)  # noqa: SLF001
    return said


def sentence_about(error: BaseException, trace: TracebackType | None, known: set[str]) -> str:
    """Return the sentence that a trainer reads after an error in a cell.

    Args:
        error: the exception.
        trace: its traceback; the first frame of the cell tells the line.
        known: names that exist in the kernel; the most similar one is suggested for an unknown
            name.
    """
    if isinstance(error, PsmError):
        return str(error)
    if isinstance(error, SyntaxError):
        return (
            f"Sel ini belum terbaca di baris {error.lineno or 1}: periksa tanda kurung, petik, dan"
            " koma di sekitarnya."
        )
    where = f"Sel ini berhenti di baris {_line(trace)}"
    if isinstance(error, NameError) and error.name:
        near = did_you_mean(error.name, {name for name in known if not name.startswith("_")})
        return f'{where}: "{error.name}" tidak dikenal. ' + (
            f'Maksud Anda "{near}"?' if near else "Jalankan dulu sel-sel di atasnya."
        )
    if isinstance(error, ModuleNotFoundError):
        return f'{where}: paket "{error.name}" tidak terpasang di laptop ini.'
    if isinstance(error, FileNotFoundError):
        return f'{where}: berkas "{error.filename}" tidak ditemukan.'
    return f"{where} ({type(error).__name__}: {shorten(str(error), 80)})."


def _line(trace: TracebackType | None) -> int:
    """Return the number of the line in the cell that led to an error.

    The error itself may be in a library that this line called. The result is 1 if there is no
    traceback.
    """
    line = trace.tb_lineno if trace else 1
    while trace:
        if (
            "ipykernel_" in trace.tb_frame.f_code.co_filename
            or trace.tb_frame.f_code.co_filename.startswith("<ipython-input")
        ):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
