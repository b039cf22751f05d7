"""Gives every command the things it needs first: settings, course, register, clock, user name."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from psm_course.cli.terminal import json_option as json_option  # noqa: PLC0414
from psm_course.cli.terminal import now as now  # noqa: PLC0414
from psm_course.cli.terminal import number_argument as number_argument  # noqa: PLC0414
from psm_course.cli.terminal import print_json as print_json  # noqa: PLC0414
from psm_course.cli.terminal import today as today  # noqa: PLC0414

# What follows is offered to every command.
from psm_course.cli.usable import adoptable_course as adoptable_course  # noqa: PLC0414
from psm_course.cli.usable import refuse_without_course as refuse_without_course  # noqa: PLC0414
from psm_course.cli.usable import usable_course as usable_course  # noqa: PLC0414
from psm_course.content.course import Course, CourseFolder
from psm_course.errors import Refused
from psm_course.registrar.answers.submitting import Desk
from psm_course.registrar.completion.adopting import NOTHING_YET, find_course, first_use
from psm_course.registrar.log.log_key import note_log_key, open_log_key
from psm_course.registrar.people.cards import Cards, open_cards
from psm_course.settings import Settings, read_settings
from psm_course.store.engine import Store

# Offered to every command.
from psm_course.store.opening import open_register as open_register  # noqa: PLC0414

if TYPE_CHECKING:
    from rich.console import Console


def console() -> "Console":
    """A new console, which writes to where standard output points at this moment."""
    from rich.console import Console  # noqa: PLC0415 - most commands draw nothing

    return Console(highlight=False, soft_wrap=True)


class Usual(click.Group):
    """A group with a default command: `psm submit FILE` means `psm submit files FILE`."""

    def __init__(self, *args: Any, usual: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.usual = usual

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front, unless a command or help is asked for."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [self.usual, *args]
        return super().parse_args(ctx, args)


def settings() -> Settings:
    """The settings for the current folder, from its files and the environment.

    Raises:
        Refused: a file cannot be read, or a setting is unknown or has a value that cannot be used.
    """
    return read_settings(Path.cwd())


def office() -> Settings:
    """Return the settings of the office in the current folder.

    Its register is there already, or can be made.

    Raises:
        Refused: there is no register and no course here, and PSM_DATA names no folder. A new, empty
            register in the wrong folder would look as if all data were lost.
    """
    where = settings()
    if not ("PSM_DATA" in os.environ or where.register.is_file()):
        refuse_without_course(where.root)
    return where


def restorable() -> Settings:
    """Settings of the folder into which an office is restored; it may have no register yet.

    Raises:
        Refused: no course is here, and PSM_DATA names no folder.
    """
    where = settings()
    if "PSM_DATA" not in os.environ:
        refuse_without_course(where.root)
    return where


@contextmanager
def office_register() -> Iterator[tuple[Settings, Store]]:
    """Yield the settings of the office in the current folder, and its open register.

    The register is closed at the end of the `with` block.

    Raises:
        Refused: there is no office here, or the register cannot be used: it is another office's, a
            restore of it stopped half way, or its server's address is invalid.
        StoreError: the register cannot be opened, or is not ready for this version.
    """
    where = office()
    with open_register(where) as store:
        yield where, store


def course_folder() -> Settings:
    """Settings of the course in the current folder.

    Raises:
        Refused: there is no course.
    """
    where = settings()
    refuse_without_course(where.root)
    return where


def actor() -> str:
    """Name of this machine's user, for the audit log; "petugas" if the user has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # This account has no name; on Windows there is no list of accounts to ask.
        return "petugas"


def confirm(question: str) -> None:
    """Ask a question, and go on only after "ya" or "y".

    Click's own prompt asks "[y/N]" and knows neither "ya" nor "tidak".

    Raises:
        click.Abort: any other answer was given.
    """
    answer = str(click.prompt(f"{question} [ya/tidak]", default="tidak", show_default=False))
    if answer.strip().casefold() not in ("ya", "y"):
        raise click.Abort


@contextmanager
def course_and_register() -> Iterator[tuple[Settings, Course, Store]]:
    """Yield the office's settings, the course that it adopted last, and its open register.

    An office works with a version of the course that it has adopted. If it has adopted none yet, it
    adopts the course in its folder; if that fails, no register is made.

    Raises:
        Refused: there is no course or no office here, or the register cannot be used: it is another
            office's, a restore of it stopped half way, or its server's address is invalid.
        ContentFaulty: the course to adopt has errors.
        StoreError: the register cannot be opened, or is not ready for this version.
    """
    where = office()
    # Checked before there is a register: a faulty course must not leave an empty one.
    folder = None if where.database or where.register.is_file() else adoptable_course(where.root)
    with open_register(where) as store:
        yield where, adopted_course(store, where, folder), store


def adopted_course(store: Store, where: Settings, folder: CourseFolder | None = None) -> Course:
    """Return the course that the office adopted last. If there is none, adopt a course first.

    Args:
        store: the register.
        where: the office's settings.
        folder: the course to adopt if the office has adopted none; None: the course in the office's
            folder, which is checked before it is adopted.

    Raises:
        Refused: there is no course to adopt.
        ContentFaulty: the course to adopt has errors.
    """
    course = find_course(store)
    if course is None:
        first_use(store, folder or adoptable_course(where.root), actor(), now())
        # From the register, not `folder`: an office works only with what it has adopted.
        course = find_course(store)
    if course is None:
        raise Refused(NOTHING_YET)
    return course


def cards(store: Store, where: Settings) -> Cards:
    """Open the cards of the office: the secret from which all codes on cards are computed.

    Raises:
        Refused: the secret is lost, or is not the one that the register knows.
    """
    return open_cards(store, where, actor(), now())


def desk(store: Store, where: Settings) -> Desk:
    """Return a `Desk`: it records the answers handed in, and signs their receipts.

    Raises:
        Refused: the key for receipts or the secret of the cards cannot be used.
    """
    # First the log says which key signs from now on, then receipts are signed with this key.
    note_log_key(store, where, actor(), now())
    return Desk(store, {}, cards(store, where), open_log_key(where))
