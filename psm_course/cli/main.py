"""The `psm` command, and the only place that turns errors into sentences and exit codes.

Exit code 0: done; 1: the content has problems; 2: refused; 3: something broke.
"""

import gc
import io
import os
import sys
import traceback
import uuid
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir
from types import ModuleType

import click

from psm_course import __version__
from psm_course.authoring.problems import did_you_mean
from psm_course.cli.language import name_parts_in_indonesian, speak_indonesian
from psm_course.cli.stopping import Stopped, leave, stop_when_told
from psm_course.errors import ContentFaulty, PsmError, Refused, StoreError, cause, next_step
from psm_course.settings import MARKER, read_settings

# To find plugins for its models, pydantic would read what every installed package declares;
# ours need none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# Module and name of each command. Loaded when asked for: grading a file needs no database, and
# printing help no builder.
COMMANDS = {
    "init": "course.init:init",
    "check": "course.check:check",
    "new": "course.new:new",
    "build": "course.build:build",
    "preview": "course.preview:preview",
    "slides": "course.slides:slides",
    "review": "course.review:review",
    "course": "course.adopt:course",
    "grade": "answers.grade:grade",
    "demo": "rehearsal.demo:demo",
    "simulate": "rehearsal.simulate:simulate",
    "trainer": "rehearsal.trainer:trainer",
    "serve": "office.serve:serve",
    "account": "accounts.account:account",
    "cohort": "people.cohort:cohort",
    "roster": "people.roster:roster",
    "person": "people.person:person",
    "attendance": "attendance.attendance:attendance",
    "cards": "attendance.cards:cards",
    "export": "reports.export:export",
    "report": "reports.export:report",
    "analyse": "reports.analyse:analyse",
    "submit": "answers.submit:submit",
    "status": "completion.status:status",
    "rules": "completion.rules:rules",
    "override": "completion.override:override",
    "observe": "completion.override:observe",
    "regrade": "answers.regrade:regrade",
    "issue": "certificates.issue:issue",
    "revoke": "certificates.issue:revoke",
    "supersede": "certificates.issue:supersede",
    "reprint": "certificates.issue:reprint",
    "badge": "certificates.issue:badge",
    "numbers": "certificates.issue:numbers",
    "certify": "certificates.certify:certify",
    "keys": "certificates.keys:keys",
    "publish": "certificates.publish:publish",
    "verify": "certificates.verify:verify",
    "backup": "office.backup:backup",
    "restore": "office.restore:restore",
    "upgrade": "office.upgrade:upgrade",
    "clock": "office.clock:clock",
    "db": "office.db:db",
    "subject": "people.subject:subject",
}

# The parts (extras of the package) that have a library that the core is without; of any other it is
# the office. So it is of deflate and minify_html, which the site has too: without the site's part,
# only an office asks for them.
_PARTS = {
    "docutils": "site",
    "ipykernel": "site",
    "jupyter_book": "site",
    "myst_nb": "site",
    "nbclient": "site",
    "sphinx": "site",
    "asyncssh": "publish",
    "obstore": "publish",
    "anywidget": "trainer",
    "jupyterlab": "trainer",
}
_SHARED = ("init", "new", "review")  # write into the course, which several people may work on


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of all commands, in the order of the help text."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command.

        Raises:
            click.UsageError: there is no command of that name; the message suggests the nearest
                one.
        """
        if cmd_name not in COMMANDS:
            guess = did_you_mean(cmd_name, COMMANDS)
            ctx.fail(
                f'Perintah "{cmd_name}" tidak ada.' + (f' Maksud Anda "{guess}"?' if guess else "")
            )
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(_loaded(f"psm_course.cli.{module}"), name)
        name_parts_in_indonesian(command)
        return command


def _loaded(name: str) -> ModuleType:
    """Import a module with garbage collection switched off.

    Everything that is loaded stays in memory, so a collection would find nothing, and would take a
    sixth of the loading time.
    """
    if name in sys.modules:
        return sys.modules[name]
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="psm, versi %(version)s", help="Tampilkan versi.")
def cli() -> None:
    """Perlengkapan Bimtek Dasar PSM: isi kursus, kuis, register, dan sertifikat."""


name_parts_in_indonesian(cli)


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # An old console's encoding has no ✗; the answer matters more.
            stream.reconfigure(errors="replace")
    # Beside JupyterLab, loading a notebook would first compile 38 grammars of web addresses that
    # nothing here asks for: a second.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    if not sys.argv[1:2] or sys.argv[1] not in _SHARED:
        # People's names and the office's keys: for this account alone,
        # whatever the machine's habit.
        os.umask(0o077)
    stop_when_told()
    try:
        sys.exit(run(sys.argv[1:]))
    except Stopped as stopped:
        leave(stopped)


def run(arguments: list[str]) -> int:
    """Run one command; every error becomes a sentence on standard error. Returns the exit code."""
    speak_indonesian()
    try:
        # `obj`: `typed_with` shows the typed words again if a port is in use.
        code = cli.main(arguments, prog_name="psm", standalone_mode=False, obj=arguments)
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _say("Dibatalkan.", 2)
    except click.ClickException as error:
        error.show()
        return 2
    except Refused as error:
        return _say(str(error), 2)
    except ContentFaulty as error:
        return _say(str(error), 1)
    except StoreError as error:
        return _say(str(error), 3)
    except (BrokenPipeError, SystemExit):
        # The reader of our output went away (`| head`), which click turns into an exit; nothing is
        # wrong, and nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _say(
            f"{error.filename or 'Berkas'} tidak dapat dibaca atau ditulis: {cause(error)}."
            f"{next_step(error)}",
            3,
        )
    except Exception as error:
        return _unforeseen(error)


def _unforeseen(error: Exception) -> int:
    """Report an error that no command expects: a package that is missing, or a fault of ours.

    Returns the exit code.
    """
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith("psm_course"):
        return _say(not_installed(str(error.name)), 2)
    return _say(_logged(), 3)


def not_installed(module: str) -> str:
    """Return the sentence that a module is missing, and how to install it with `pip`.

    `module` is the name of the missing module. The sentence names the extra of our package that
    contains it, such as `psm-course[office]`.
    """
    part = _PARTS.get(module.split(".", maxsplit=1)[0], "office")
    return (
        f"Bagian program untuk ini belum terpasang ({module}). Pasang dengan: pip install"
        f' "psm-course[{part}]"'
    )


def _say(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


def _log_folder() -> Path:
    """Folder for tracebacks: beside the register; outside a course, the temporary folder."""
    try:
        where = read_settings(Path.cwd())
    except PsmError:
        # psm.toml may be broken, which must not hide the first error.
        return Path(gettempdir())
    return where.data / "log" if (where.root / MARKER).is_file() else Path(gettempdir())


def _logged() -> str:
    number = uuid.uuid4().hex[:8]
    folder = _log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text(traceback.format_exc(), encoding="utf-8")
    except OSError:
        return (
            "Ada kesalahan di dalam program, dan catatannya tidak dapat disimpan. Jawaban dan"
            " register tidak berubah."
        )
    return (
        f"Ada kesalahan di dalam program (catatan {number} di {folder}). Kirim catatan itu kepada"
        " pengelola."
    )


if __name__ == "__main__":
    main()
