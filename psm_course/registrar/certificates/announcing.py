"""Sign the public lists, and a snapshot with their digests, in one transaction (decision 0129).

Also counts the changes that are not published yet.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from psm_course.credentials.documents import Json, Unreadable, canonical, read_document
from psm_course.credentials.lists.paths import CORRECTIONS, DIGESTS, SNAPSHOT, STATUS, TURNS
from psm_course.credentials.lists.snapshot import Snapshot, read_snapshot, sign_snapshot
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.verification.trust import successor
from psm_course.errors import Refused
from psm_course.registrar.certificates.keys.keyring import Signer, find_issuer, get_issuer, key_name
from psm_course.registrar.certificates.publishing import publish_within
from psm_course.registrar.log.remote_site import find_arrived, publish_command, version_shown
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import publications, records
from psm_course.store.engine import Connection, Store
from psm_course.store.log.state import log_state

_LISTS = (STATUS, CORRECTIONS, DIGESTS)
RENEW_WITHIN = timedelta(days=30)  # of a snapshot's end the desk asks for the next: from day 150 on
WITHOUT_ROOT = (
    "Kantor ini belum punya kunci akar. Tanpa itu pencuri kunci sulit diusir. Buat satu kali, di"
    " flashdisk: psm keys root BERKAS"
)


@dataclass(frozen=True, slots=True)
class Needed:
    """Further keys that must sign a new snapshot, besides the key in use.

    A program that checks certificates keeps the newest snapshot that it read. It would not accept
    the next snapshot without the signatures of these keys.

    `root` is True if the offline key must sign. `before` is the multikey (the public key as text)
    of an earlier key that must sign too; None if no earlier key must sign.
    """

    root: bool = False
    before: str | None = None


def needed_to_announce(store: Store, issuer: Issuer) -> Needed:
    """Find out which further keys must sign the next snapshot.

    Further keys are needed only if the office's keys changed since the last snapshot. The first
    snapshot needs none.
    """
    with store.reading() as tx:
        last = find_snapshot(tx)
    if last is None:
        return Needed()
    struck = {key.multikey for key in issuer.keys if key.compromised_at is not None}
    # The key in use may be the stolen one, so readers believe the offline key, if there is one.
    if struck > last.struck:
        return Needed(root=last.issuer.root_key is not None)
    in_use = {key.multikey for key in issuer.keys if key.in_use}
    return Needed(before=None if last.in_use & in_use else last.signs)


def announce(
    store: Store, signer: Signer, others: tuple[SigningKey, ...], actor: str, now: datetime
) -> Snapshot:
    """Sign the public lists and a new snapshot with their digests; return the snapshot.

    The signed documents are stored in the register. Nothing is sent to the site.

    Args:
        store, actor, now: the register, the account that acts and the moment.
        signer: the office with its unlocked key.
        others: further keys that sign the snapshot too. `needed_to_announce` finds out which
            keys must be among them.

    Raises:
        Refused: programs that know the previous snapshot would not accept the new one, because a
            key is missing in `others`; the register is older than what was published; or the clock
            is wrong.
    """
    with store.transaction() as tx:
        publish_within(tx, signer, now)
        snapshot = _take(tx, signer, others, now)
        audit.note(tx, actor, "status published", key_name(signer.key.multikey), now)
    return snapshot


def _take(
    tx: Connection, signer: Signer, others: tuple[SigningKey, ...], now: datetime
) -> Snapshot:
    last = find_snapshot(tx)
    # With the log key of today.
    issuer = get_issuer(signer.settings) if signer.settings else signer.issuer
    # Never below what readers have seen: they keep the highest version and ignore the others.
    version = max(last.version if last else 0, _version_on_site(signer.settings)) + 1
    known = {
        path: text
        for path, text in publications.list_publications(tx).items()
        if path.partition("/")[0] in _LISTS
    }
    # Our own lists may be larger than what is read from strangers.
    lists = {path: read_document(text.encode(), len(text.encode())) for path, text in known.items()}
    document = sign_snapshot(issuer, last, version, lists, _log(tx), [signer.key, *others], now)
    taken = read_snapshot(document)
    # Judged as every reader judges it: `successor` returns the old one if it refuses the new.
    if last is not None and successor(last, document) is last:
        raise Refused(
            "Yang pernah membuka situs tidak akan percaya pada terbitan ini: kuncinya berganti,"
            " tetapi kunci yang mereka kenal tidak ikut menandatangani. Ulangi dengan kunci"
            " sebelumnya, atau dengan kunci akar: psm publish --root BERKAS"
        )
    # A snapshot with which keys changed stays published, for readers who missed it.
    paths = (SNAPSHOT, f"{TURNS}/{version}.json") if version in taken.turns else (SNAPSHOT,)
    for path in paths:
        publications.add_publication(tx, path, canonical(document).decode(), now)
    return taken


def _log(tx: Connection) -> Json:
    state = log_state(tx)
    return {"origin": state.origin, "size": state.size, "root": state.root.hex()}


def find_snapshot(tx: Connection) -> Snapshot | None:
    """Read the newest snapshot from the register; None if no snapshot was made yet."""
    found = publications.find_publication(tx, SNAPSHOT)
    return read_snapshot(json.loads(found[0])) if found else None


def _version_on_site(settings: Settings | None) -> int:
    """The version of the newest snapshot that the office's site has shown; 0 if none is found.

    Looks at the site built on this machine, and at the snapshot that was last read from the site on
    another machine. The register alone is not enough: a restored register may have only older
    versions.
    """
    if settings is None:
        return 0
    try:
        here = read_snapshot(read_document((settings.site / SNAPSHOT).read_bytes())).version
    except (OSError, Unreadable):
        here = 0
    return max(here, version_shown(settings))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Reasons to publish again.

    Attributes:
        changed: number of records issued, superseded or revoked since the newest snapshot, plus
            the number of keys changed. If the newest snapshot was not sent to the site yet
            (`unsent`), records are counted since the latest snapshot that was sent.
        old: the newest snapshot, if it expires within 30 days or has expired; otherwise None.
        unsent: the address to which the newest snapshot still has to be sent; empty if it was sent.
    """

    changed: int = 0
    old: Snapshot | None = None
    unsent: str = ""

    @property
    def command(self) -> str:
        """The command line that publishes the waiting changes."""
        return publish_command(self.unsent)


def waiting_to_be_announced(store: Store, settings: Settings, now: datetime) -> Waiting:
    """Find the reasons to run `psm publish` again.

    Before the office has a key there are no reasons.
    """
    issuer = find_issuer(settings)
    if issuer is None:
        return Waiting()
    arrived = find_arrived(settings)
    with store.reading() as tx:
        found = publications.find_publication(tx, SNAPSHOT)
        last = read_snapshot(json.loads(found[0])) if found else None
        is_unsent = arrived is not None and last is not None and arrived.version < last.version
        since = arrived.made if arrived and is_unsent else found[1] if found else None
        changed = records.count_changed(tx, since)
    keys = {key.multikey for key in {*issuer.keys} ^ {*(last.issuer.keys if last else issuer.keys)}}
    old = last if last and now >= last.valid_until - RENEW_WITHIN else None
    return Waiting(changed + len(keys), old, arrived.place if arrived and is_unsent else "")
