"""The office's secret for cards, from which the code and the signing key of each card are made."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from typing import Any, Literal

from psm_course.domain.card import card_code, mac_key, pairing_proof
from psm_course.errors import Refused, cause
from psm_course.grading.submission import card_mac
from psm_course.registrar.files import write_whole
from psm_course.registrar.reasons import make_reason, reason_about
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.engine import Connection, Store
from psm_course.store.people.cards import add_secret, secret_digest

_BYTES = 32
# Whose card a hand-in carries the MAC of: the person's present
# one, an earlier one of theirs, none, or nobody's we know.
Binding = Literal["card", "earlier", "none", "wrong"]
# Refusals of a card that somebody shows to see the own data: a wrong number and a wrong code get
# the same words, so that nobody can try out which numbers exist.
REPLACED = (
    "Kartu ini sudah diganti dengan yang baru. Pakai kartu yang terbaru, atau minta kepada petugas."
)
UNKNOWN = (
    "Nomor dan kode ini tidak cocok dengan kartu peserta mana pun. Periksa lagi, atau pindai kode"
    " QR di kartu."
)


@dataclass(frozen=True, slots=True)
class Cards:
    """All cards of an office, which are computed when needed.

    The code of a card is computed from the `secret` (32 bytes), the office's code, the
    participant's number and the serial of the card (1 for the first card of a person, 2 for the
    next, and so on).
    """

    secret: bytes = field(repr=False)
    office: str

    def code(self, number: str, serial: int) -> str:
        """Compute the code of the card with this number and serial: 17 letters without dashes."""
        return card_code(self.secret, self.office, number, serial)

    def is_present(self, code: str, number: str, serial: int) -> bool:
        """True if `code` is the code of the card with this participant number and serial."""
        return compare_digest(code.encode(), self.code(number, serial).encode())

    def is_earlier(self, code: str, number: str, serial: int) -> bool:
        """True if `code` is of a card that was replaced: its serial was smaller than `serial`."""
        return any(self.is_present(code, number, before) for before in range(1, serial))

    def binding(self, document: Mapping[str, Any], number: str, serial: int) -> Binding:
        """Find out which card of a person signed a document.

        `number` is the participant number; `serial` is the serial of the person's present card.
        Returns "card" for the present card, "earlier" for a card that was replaced, "wrong" for
        another signature, "none" if the document has no signature.
        """
        written = document.get("mac")
        if written is None:
            return "none"
        return self._find(number, serial, written, lambda key: card_mac(key, document))

    def proves(self, proof: str, number: str, serial: int) -> Binding:
        """Find out which card of a person a phone has, by the proof that the phone sends.

        The phone sends the proof when it is paired. `number` is the participant number; `serial`
        is the serial of the person's present card. Returns "card" for the present card, "earlier"
        for a card that was replaced, "wrong" if the proof is of no card of this person.
        """
        return self._find(number, serial, proof, lambda key: pairing_proof(key, number))

    def _find(
        self, number: str, serial: int, shown: str, made_with: Callable[[bytes], str]
    ) -> Binding:
        """Find the card from whose key the text `shown` was made; the present card is tried first.

        Args:
            number, serial: the participant number, and the serial of the person's present card.
            shown: the signature in a hand-in, or the proof of a phone.
            made_with: makes such a text from the key of a card.

        Returns:
            "card" for the present card, "earlier" for one that was replaced, "wrong" if no card of
            this person made the text.
        """
        # A phone may send half of a surrogate pair, which plain UTF-8 cannot encode.
        text = shown.lower().encode("utf-8", "surrogatepass")
        for each in range(serial, 0, -1):
            if compare_digest(made_with(mac_key(self.code(number, each))).encode(), text):
                return "card" if each == serial else "earlier"
        return "wrong"


def open_cards(store: Store, settings: Settings, actor: str, now: datetime) -> Cards:
    """Open the cards of the office. If the office never had a secret, a secret is made now.

    Raises:
        Refused: the register knows a secret, but its file is lost or holds another secret. The
            program never makes a new secret by itself, because a new secret makes all cards
            invalid.
    """
    path = _file(settings)
    with store.reading() as tx:
        known = secret_digest(tx)
    if known is None:
        with store.transaction() as tx:
            # Read again: another program may have made a secret before this transaction began.
            known = secret_digest(tx) or _keep(
                tx, path, _read(path) or _make(path), "kartu pertama kali dipakai", actor, now
            )
    secret = _read(path)
    if secret is None or not compare_digest(_digest(secret), known):
        raise Refused(
            f"Rahasia kartu ({path}) hilang atau bukan yang dipakai mencetak kartu. Kembalikan"
            " berkas itu dari cadangan. Bila tidak ada lagi, buat yang baru, lalu cetak semua"
            " kartu lagi; kartu lama tidak berlaku: psm cards renew-secret --reason ALASAN"
        )
    return Cards(secret, store.office)


def renew_secret(store: Store, settings: Settings, reason: str, actor: str, now: datetime) -> Cards:
    """Make a new secret. All cards that were printed before become invalid.

    The file of the old secret is kept under another name.

    Raises:
        Refused: the reason is invalid, or the file cannot be written.
    """
    path = _file(settings)
    with store.transaction() as tx:
        why = reason_about(tx, reason)
        if path.exists():
            path.replace(path.with_name(f"{path.name}-sampai-{now:%Y%m%d-%H%M%S}"))
        secret = _make(path)
        _keep(tx, path, secret, why, actor, now)
    return Cards(secret, store.office)


def _file(settings: Settings) -> Path:
    return settings.keys / "kartu.rahasia"


def _read(path: Path) -> bytes | None:
    """Read the secret; None if there is no file, or the file is not complete.

    An incomplete file was left when the program was stopped before the register knew the secret.
    """
    try:
        secret = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refused(f"Rahasia kartu ({path}) tidak dapat dibaca: {cause(error)}.") from None
    return secret if len(secret) == _BYTES else None


def _make(path: Path) -> bytes:
    """Make a secret in a file that only its owner may read. It is on disk when this returns.

    The caller must hold a transaction, so that only one program at a time makes a secret.
    """
    secret = secrets.token_bytes(_BYTES)
    try:
        write_whole(path, secret)
    except OSError as error:
        raise Refused(
            f"Rahasia kartu ({path}) tidak dapat ditulis: {cause(error)}. Periksa folder itu, lalu"
            " ulangi."
        ) from None
    return secret


def _keep(tx: Connection, path: Path, secret: bytes, reason: str, actor: str, now: datetime) -> str:
    digest = _digest(secret)
    add_secret(tx, digest, make_reason(reason, (), ()), actor, now)
    audit.note(tx, actor, "card secret made", path.name, now)
    return digest


def _digest(secret: bytes) -> str:
    # The register holds only this digest, so a copy of it gives nobody the codes.
    return hashlib.sha256(b"psm-card-secret\0" + secret).hexdigest()
