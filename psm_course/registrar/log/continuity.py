"""Check the register and the clock before numbers are given or lists are published.

The register must be the newest one. An older register that somebody copied back by hand would give
certificate numbers a second time. The program notices such a register, because published and
printed files have higher numbers than the register (decision 0077). Hand-ins and attendance marks
are recorded without these checks.
"""

from datetime import datetime

from psm_course.credentials.documents import Unreadable, read_document
from psm_course.credentials.number_patterns import file_name
from psm_course.credentials.signing.keys import read_issuer
from psm_course.domain.register import Reason
from psm_course.errors import Refused
from psm_course.local_time import day
from psm_course.registrar.completion.days import today
from psm_course.registrar.log.checkpoints import FoundCheckpoint, found_checkpoints
from psm_course.registrar.log.high_water import HighWater, find_last, high_water_of
from psm_course.registrar.reasons import reason_about
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import records
from psm_course.store.engine import Connection, Store
from psm_course.store.log.state import LogState, log_state, root_at
from psm_course.store.soundness.clock import CLOCK_ACCEPTED

_REMEDY = (
    "Nomor dapat keluar dua kali, jadi belum ada yang diterbitkan. Pulihkan dari cadangan terbaru:"
    " psm restore BERKAS"
)
_FOR_THE_PRINTER = "cetak-semua"


def refuse_if_behind(tx: Connection, settings: Settings, now: datetime) -> None:
    """Check the clock, and that this register is the newest.

    Raises:
        Refused: the clock is wrong, or something that was published, printed or backed up is newer
            than this register. The sentence says what to do.
    """
    refuse_false_clock(tx, settings, now)
    refuse_if_shorter(tx, settings)


def refuse_if_shorter(tx: Connection, settings: Settings) -> None:
    """Compare the register with everything that was published, printed or backed up.

    Raises:
        Refused: a checkpoint that was published, printed or backed up is of a longer or a different
            log; the last backup has a higher certificate number, or more places in the status
            lists, than this register; or a printed certificate has a number that this register
            never gave.
    """
    state = log_state(tx)
    for found in found_checkpoints(settings):
        _refuse_other_log(tx, state, found)
    last = find_last(settings)
    if last is not None:
        _refuse_fewer(high_water_of(tx), last.high_water)
    _refuse_unknown_prints(tx, settings)


def _refuse_other_log(tx: Connection, state: LogState, found: FoundCheckpoint) -> None:
    """Compare the log with one checkpoint that was found; refuse if the log is shorter or differs.

    A checkpoint of an earlier epoch is not compared: a restore or a move of the site ended that
    epoch.
    """
    known = found.checkpoint
    if known.epoch > state.epoch or (known.epoch == state.epoch and known.size > state.size):
        raise Refused(
            "Register ini lebih tua daripada yang pernah diterbitkan, dicetak atau dicadangkan:"
            f" {found.source} menyebut catatan ke-{known.size}, sedangkan register ini sampai"
            f" catatan ke-{state.size}. {_REMEDY}"
        )
    if known.epoch == state.epoch and not known.fits(root_at(tx, known.epoch, known.size)):
        raise Refused(
            f"Catatan register ini bukan lanjutan dari yang disebut {found.source}. Belum ada yang"
            " diterbitkan. Periksa: psm db check"
        )


def _refuse_fewer(ours: HighWater, backed_up: HighWater) -> None:
    for (course, year), last in backed_up.numbers.items():
        if last > ours.numbers.get((course, year), 0):
            raise Refused(
                f"Register ini lebih tua daripada cadangan terakhir, yang sampai nomor urut {last}"
                f" ({course}, {year}). {_REMEDY}"
            )
    if backed_up.position > ours.position:
        raise Refused(
            "Register ini lebih tua daripada cadangan terakhir: tempat di daftar statusnya lebih"
            f" sedikit. {_REMEDY}"
        )


def _refuse_unknown_prints(tx: Connection, settings: Settings) -> None:
    """Refuse if a certificate is printed here whose number the register never gave."""
    # File names are enough; reading every PDF would take minutes.
    printed = {
        path.name.removesuffix(".tte.pdf").removesuffix(".pdf"): path
        for path in settings.records.glob("*/*.pdf")
    }
    if not printed:
        return
    known = {file_name(number).removesuffix(".pdf") for number in records.all_numbers(tx)}
    unknown = sorted(
        name for name in printed if name not in known and not name.startswith(_FOR_THE_PRINTER)
    )
    if unknown:
        raise Refused(
            f"Ada sertifikat tercetak yang tidak dikenal register ini: {printed[unknown[0]]}."
            f" {_REMEDY}"
        )


# ---- the clock -----------------------------------------------------------------------------------


def refuse_false_clock(tx: Connection, settings: Settings, now: datetime) -> None:
    """Check that today is not before the newest event, nor before the key in use was made.

    If an officer accepted the clock (`accept_clock`), only events after that moment are compared.

    Raises:
        Refused: today is before the day of the newest event, or before the day on which the key was
            made; so the clock is wrong.
    """
    # Days, not seconds: a clock some minutes off is no reason to stop.
    newest = audit.latest_moment(tx, since=CLOCK_ACCEPTED)
    if newest is not None and today(now) < today(newest):
        raise Refused(
            f"Jam laptop menunjukkan {day(now)}, padahal register sudah mencatat sesuatu pada"
            f" {day(newest)}. Betulkan jam laptop, lalu ulangi. Bila jam yang sekarang benar dan"
            ' yang dulu salah: psm clock accept --reason "ALASAN"'
        )
    made = _key_made(settings)
    if made is not None and today(now) < today(made):
        raise Refused(
            f"Jam laptop menunjukkan {day(now)}, sebelum kunci kantor dibuat ({day(made)})."
            " Betulkan jam laptop, lalu ulangi. Bila kunci itu dibuat dengan jam yang salah: psm"
            " keys rotate"
        )


def accept_clock(store: Store, reason: str, actor: str, now: datetime) -> Reason:
    """Write into the log that the clock is right now, although earlier events have a later time.

    Earlier events are no longer compared with the clock. Returns the checked reason.

    Raises:
        Refused: the reason is invalid.
    """
    with store.transaction() as tx:
        why = reason_about(tx, reason)
        audit.note(tx, actor, CLOCK_ACCEPTED, today(now).isoformat(), now, reason=why)
    return why


def _key_made(settings: Settings) -> datetime | None:
    """The moment at which the key in use was made.

    None if no key is in use, or the list of keys is broken. A broken list of keys is reported when
    a key is needed to sign.
    """
    try:
        keys = read_issuer(read_document(settings.key_list.read_bytes())).keys
    except (OSError, Unreadable, Refused):
        return None
    return next((key.created for key in reversed(keys) if key.in_use), None)
