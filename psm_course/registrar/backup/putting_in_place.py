"""The last step of a restore: prepared files replace the office's files, all or none.

Nobody may have the register open during this step (decision 0076).
"""

import shutil
from contextlib import closing
from pathlib import Path

from psm_course.errors import Refused, StoreError, cause
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.backup import REGISTER, back_up
from psm_course.store.engine import Store
from psm_course.store.opening import offices_in, open_server, open_store
from psm_course.store.replacing import replace_office
from psm_course.store.sole_use import refuse_if_shared, sole_use_of_file
from psm_course.store.swapping import Swap, decide, find_decided, finish, give_up


def refuse_in_use(settings: Settings) -> None:
    """Check that a restore can begin, before any file is prepared.

    Raises:
        Refused: another program has the register open, or an earlier restore stopped half way.
    """
    if find_decided(settings.data) is not None:
        raise Refused(
            "Pemulihan sebelumnya terputus di tengah. Selesaikan dahulu: psm restore --finish"
        )
    if settings.database:
        with _shared(settings, settings.office) as store, store.transaction() as tx:
            refuse_if_shared(tx, store.office)
        return
    with sole_use_of_file(settings.register):
        pass


def put_in_place(settings: Settings, laid: Path, office: str, swap: Swap) -> None:
    """Replace the office's files and register with the prepared ones.

    Args:
        settings: the settings of the office.
        laid: the folder with the prepared files.
        office: the office's code.
        swap: the names of the files to replace, and of the folder for the old files.

    Raises:
        Refused: somebody has the register open, the register is of another office, or the old
            register cannot be copied to the folder for the old files.
        StoreError: the database did not accept the rows; then nothing has changed.
    """
    if _is_shared(settings, office):
        _into_a_database(settings, laid, office, swap)
        return
    with sole_use_of_file(settings.register):
        # No token: the register is one of the files, so the files alone decide.
        only_files = Swap(swap.names, swap.aside, "", swap.settings)
        decide(settings.data, only_files)
        finish(settings.data, only_files)


def finish_restore(settings: Settings) -> bool:
    """Finish a restore that was stopped half way, or cancel it if its rows are not in the database.

    Returns True if the restore was finished, False if it was cancelled.

    Raises:
        Refused: no restore was stopped, or somebody has the register open.
    """
    swap = find_decided(settings.data)
    if swap is None:
        raise Refused("Tidak ada pemulihan yang terputus. Tidak ada yang diubah.")
    if swap.token and not _is_in_the_log(settings, swap.token):
        give_up(settings.data)
        return False
    with sole_use_of_file(settings.register):
        finish(settings.data, swap)
    return True


def _into_a_database(settings: Settings, laid: Path, office: str, swap: Swap) -> None:
    """Replace the office's rows in the database in one transaction, and then its files.

    Before that, copies the old register to the folder for the old files, and writes a file that
    says which files are to be replaced. If the program is killed, `finish_restore` reads this file.
    It finishes the restore if the log in the database shows that the rows were replaced.
    """
    files = Swap(
        tuple(name for name in swap.names if name != REGISTER),
        swap.aside,
        swap.token,
        swap.settings,
    )
    aside = settings.data / swap.aside
    with (
        _shared(settings, office) as target,
        closing(open_store(laid / REGISTER, office)) as source,
    ):
        try:
            aside.mkdir(mode=0o700, parents=True)
            back_up(target, aside / REGISTER)
        except OSError as error:
            raise Refused(
                f"Register yang sekarang tidak dapat disisihkan: {cause(error)}. Tidak ada yang"
                " diubah."
            ) from None
        decide(settings.data, files)
        try:
            replace_office(target, source)
        # On Ctrl+C too: the rows were rolled back, so the decision must not stay.
        except BaseException:
            give_up(settings.data)
            shutil.rmtree(aside, ignore_errors=True)
            raise
    finish(settings.data, files)


def _is_in_the_log(settings: Settings, token: str) -> bool:
    with _shared(settings, settings.office) as store, store.reading() as tx:
        return bool(audit.list_events(tx, subject=token, most=1))


def _is_shared(settings: Settings, office: str) -> bool:
    """True if the register is in a database that may hold other offices too."""
    if settings.database:
        return True
    if not settings.register.is_file():
        return False
    try:
        with closing(open_store(settings.register)) as store:
            offices = offices_in(store)
    except StoreError:  # so broken that nobody's rows can be read; it is kept aside
        return False
    if office not in offices:
        raise Refused(
            f"Register di laptop ini milik kantor {', '.join(offices)}, bukan {office}. Tidak ada"
            " yang diubah."
        )
    return len(offices) > 1


def _shared(settings: Settings, office: str) -> closing[Store]:
    """Open the office's register in a database.

    The database is the database server of the settings, or else the SQLite file of this laptop. If
    the server does not have the office yet, the office is added. An SQLite file that belongs to
    other offices only is refused.
    """
    if settings.database:
        return closing(open_server(settings.database, office, migrate=True))
    return closing(open_store(settings.register, office))
