"""Runs lessons with nbclient.

The result of a lesson is kept in a file. The name of the file is a digest of the lesson's code and
of our packages that make outputs (`DRAWING`). So a lesson runs again only if this code changed.
"""

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from psm_course.authoring.beside import files_in
from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.authoring.notebooks import notebook_library, read_plain
from psm_course.authoring.problems import shorten
from psm_course.content.course import EVENTS
from psm_course.content.lessons import Notebook, without_outputs, without_trainer_cells
from psm_course.errors import ContentFaulty
from psm_course.site.kept import contents_of, replace_file

TIMEOUT = 120
RUNNING = "Menjalankan"
# Packages whose code makes what a cell shows; a change in them makes every kept result stale.
DRAWING = ("psm_course.trainer", "psm_course.forms", "psm_course.items")


def executed_source(
    path: Path, root: Path, kept: Path, say: Callable[[str], None] = lambda _: None
) -> str:
    """Return a lesson's notebook JSON with outputs and without trainer cells.

    The lesson is run only if `kept` has no result of its present code.

    Args:
        path: the notebook.
        root: the folder of the course; messages name the notebook relative to it.
        kept: the folder with the results of earlier runs.
        say: a function that is called with a sentence before a lesson is run.

    Raises:
        ContentFaulty: a cell failed or took too long; the message names it.
    """
    shown_as = path.relative_to(root).as_posix()
    notebook = _for_trainees(path)
    result = kept / f"{_fingerprint(notebook)}.ipynb"
    if not result.is_file():
        say(f"{RUNNING} {shown_as}")
        _run(notebook, path.parent, shown_as)
        replace_file(result, _written(notebook).encode())
        return result.read_text(encoding="utf-8")
    return _with_current_text(notebook, json.loads(result.read_text(encoding="utf-8")))


def kept_source(path: Path, kept: Path) -> str | None:
    """Return a lesson's notebook JSON with the outputs of an earlier run, without trainer cells.

    None if the lesson's code, or our code that makes its outputs, changed since the lesson was last
    run. `kept` is the folder with the results of earlier runs.
    """
    notebook = _for_trainees(path)
    result = kept / f"{_fingerprint(notebook)}.ipynb"
    return (
        _with_current_text(notebook, json.loads(result.read_text(encoding="utf-8")))
        if result.is_file()
        else None
    )


def are_all_kept(root: Path, kept: Path, memory: Memory = NOTHING_KEPT) -> bool:
    """True if `kept` has a result of every lesson of the modules, so that no lesson must be run.

    False also if a lesson cannot be read.

    Args:
        root: the folder of the course.
        kept: the folder with the results of earlier runs.
        memory: a cache of the digest of each lesson's code; an unchanged lesson is not parsed.
    """

    def is_kept(path: Path) -> bool:
        code = memory.recall_of_files(
            "code", [path], lambda: _fingerprint(_plain_for_trainees(path))
        )
        return (kept / f"{code}.ipynb").is_file()

    try:
        return all(
            is_kept(path)
            for path in files_in(root, "modules/*/*.ipynb")
            if path.parent != root / EVENTS
        )
    except Exception:  # whatever a notebook may be that cannot be read: the check says it better
        return False


def unfinished_source(path: Path, why: str) -> str:
    """Return the notebook JSON of a lesson that fails, for a preview: its cells without outputs.

    `why` is a sentence with the reason. It is put after the first cell, in which the title is.
    """
    # Where nothing changed, nobody reads a notebook.
    from nbformat.v4 import new_markdown_cell  # noqa: PLC0415

    notebook = _for_trainees(path)
    note = new_markdown_cell(  # type: ignore[no-untyped-call]
        f'<p class="unfinished">{escape(why)}</p>'
    )
    notebook["cells"].insert(1, note)
    return _written(notebook)


def _written(notebook: Any) -> str:
    return str(notebook_library().writes(notebook))


def _for_trainees(path: Path) -> Any:
    return without_outputs(without_trainer_cells(notebook_library().read(path, as_version=4)))


def _plain_for_trainees(path: Path) -> Notebook:
    """Return a lesson's notebook without trainer cells, for callers that need only its code.

    The library `nbformat` is loaded only if `read_plain` cannot read the file.
    """
    notebook = read_plain(path.read_text(encoding="utf-8"))
    return without_trainer_cells(notebook) if notebook else dict(_for_trainees(path))


def _with_current_text(notebook: Notebook, executed: Notebook) -> str:
    """Return the notebook JSON with its present Markdown, and with the outputs of an earlier run.

    `executed` is the notebook of that run. It was found by its code alone, so its Markdown may be
    old.
    """
    outputs = iter([cell for cell in executed["cells"] if cell["cell_type"] == "code"])
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = next(outputs)["outputs"]
    return json.dumps(notebook, ensure_ascii=False)


def _fingerprint(notebook: Notebook) -> str:
    code = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return hashlib.sha256(json.dumps([code, digest_of(*DRAWING)]).encode()).hexdigest()[:32]


@cache
def digest_of(*packages: str) -> str:
    """Return a digest of all files in these packages: code, templates, style sheets."""
    digest = hashlib.sha256()
    for package in packages:
        for name, content in sorted(contents_of(files(package))):
            digest.update(name.encode() + content)
    return digest.hexdigest()


def _run(notebook: Any, folder: Path, shown_as: str) -> None:
    # Most builds run nothing.
    from nbclient.exceptions import (  # noqa: PLC0415
        CellExecutionError,
        CellTimeoutError,
        DeadKernelError,
    )

    from psm_course.trainer.on_site import environment_for_site  # noqa: PLC0415 - as above

    try:
        with TemporaryDirectory(prefix="psm-") as nowhere:
            run_cells(notebook, folder, environment_for_site(Path(nowhere)))
    except CellExecutionError as error:
        cell = _failed_cell(notebook)
        raise ContentFaulty(
            f'{shown_as}: sel "{cell}" berhenti dengan {error.ename}: {shorten(error.evalue, 120)}'
            " - buka pelajaran ini di JupyterLab, jalankan semua sel, lalu perbaiki sel itu"
        ) from None
    except (CellTimeoutError, DeadKernelError, RuntimeError, AssertionError):
        # The last two: nbclient's when a kernel never came up.
        raise ContentFaulty(
            f"{shown_as}: sebuah sel berjalan lebih dari {TIMEOUT} detik atau mati - sederhanakan"
            " sel itu"
        ) from None


def run_cells(
    notebook: Any, folder: Path, environment: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Run every cell in the working folder `folder`, and write the outputs into `notebook`.

    `environment` holds variables for the kernel, added to the variables of this process.

    This process reaches the kernel through socket files, not through network ports: another program
    could take a free port before the kernel uses it. On Windows ports are used.

    Raises:
        CellExecutionError, CellTimeoutError, DeadKernelError: a cell fails or takes too long, or
            the kernel dies; these are nbclient's own errors.
    """
    from nbclient import NotebookClient  # noqa: PLC0415 - as above
    from traitlets.config import Config  # noqa: PLC0415

    with TemporaryDirectory(prefix="psm-") as sockets:
        client = NotebookClient(
            notebook,
            timeout=TIMEOUT,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
            shutdown_kernel="immediate",
        )
        if sys.platform != "win32":
            client.config = Config(
                {"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}}
            )
        # The kernel greets with a warning about loopback traffic on the builder's own machine;
        # errors still come through.
        client.extra_arguments = ["--IPKernelApp.log_level=40"]
        # `execute` would leave a loop open in every thread.
        asyncio.run(client.async_execute(env=os.environ | environment))


def _failed_cell(notebook: Notebook) -> str:
    failed = (
        cell
        for cell in notebook["cells"]
        if any(output["output_type"] == "error" for output in cell.get("outputs", []))
    )
    return next((str(cell["id"]) for cell in failed), "?")
