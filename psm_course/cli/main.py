"""The `psm` command. The one place that turns families of trouble into sentences and exit codes.

0 done · 1 the content has problems · 2 refused · 3 something broke.
"""

from __future__ import annotations

import os
import sys
import traceback
import uuid
from pathlib import Path

import click

from psm_course import __version__
from psm_course.cli import build, check, cohort, demo, grade, issue, new, serve, status, submit
from psm_course.cli.language import name_parts_in_indonesian, speak_indonesian
from psm_course.errors import ContentFaulty, Refused, StoreError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="psm", help="Tampilkan versi.")
def cli() -> None:
    """Perlengkapan Bimtek Dasar PSM: isi kursus, kuis, register, dan sertifikat."""


for command in (
    check.check,
    new.new,
    build.build,
    grade.grade,
    demo.demo,
    serve.serve,
    cohort.cohort,
    cohort.roster,
    cohort.attendance,
    submit.submit,
    status.status,
    issue.issue,
):
    cli.add_command(command)
name_parts_in_indonesian(cli)


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; every trouble becomes a sentence on standard error."""
    speak_indonesian()
    try:
        code = cli.main(arguments, prog_name="psm", standalone_mode=False)
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
    except BrokenPipeError:
        # The reader of our output went away (`| head`); nothing is wrong, and nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _say(f"{error.filename or 'Berkas'} tidak dapat dibaca atau ditulis: {error.strerror}.", 3)
    except Exception:
        return _say(_logged(), 3)


def _say(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


def _logged() -> str:
    number = uuid.uuid4().hex[:8]
    folder = Path(os.environ.get("PSM_DATA", "var")) / "log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text(traceback.format_exc(), encoding="utf-8")
    except OSError:
        return "Ada kesalahan di dalam program, dan catatannya tidak dapat disimpan. Jawaban dan register tidak berubah."
    return f"Ada kesalahan di dalam program (catatan {number} di {folder}). Kirim catatan itu kepada pengelola."


if __name__ == "__main__":
    main()
