"""Is the register whole? The database's own checks, and the chain of the audit log computed anew."""

from dataclasses import dataclass

from sqlalchemy import Connection

from psm_course.store.audit import Chain, check_chain
from psm_course.store.engine import Store
from psm_course.store.schema import APPEND_ONLY, NEVER_CHANGED

_GUARDS = {f"{table}_no_{action}": table for table in APPEND_ONLY for action in ("update", "delete")}
_GUARDS |= {f"{table}_no_update": table for table in NEVER_CHANGED}
_GUARDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


@dataclass(frozen=True, slots=True)
class Soundness:
    """`troubles` are Indonesian sentences; empty when all is well."""

    chain: Chain
    troubles: tuple[str, ...]


def check_soundness(store: Store) -> Soundness:
    """Reads everything once, beside whoever is working."""
    with store.reading() as tx:
        troubles = (*(_file_troubles(tx) if tx.dialect.name == "sqlite" else ()), *_unguarded(tx))
        chain = check_chain(tx)
    if chain.broken_at is not None:
        troubles = (
            *troubles,
            f"Catatan audit nomor {chain.broken_at} tidak cocok dengan rantainya; baris itu atau yang sebelumnya diubah.",
        )
    return Soundness(chain, troubles)


def _file_troubles(tx: Connection) -> tuple[str, ...]:
    damage = tx.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    lost = tx.exec_driver_sql("PRAGMA foreign_key_check").all()
    found = [f"Berkas register rusak: {sentence}." for sentence in damage if sentence != "ok"]
    return (*found, *(f"Baris {row[1]} di tabel {row[0]} menunjuk ke {row[2]} yang tidak ada." for row in lost))


def _unguarded(tx: Connection) -> tuple[str, ...]:
    """Whoever wants to change what was written takes the triggers away first."""
    guarding = set(tx.exec_driver_sql(_GUARDING[tx.dialect.name]).scalars())
    open_ = dict.fromkeys(table for name, table in _GUARDS.items() if name not in guarding)
    return tuple(f"Tabel {table} tidak lagi menolak perubahan; pelindungnya dihapus orang. Bandingkan dengan cadangan." for table in open_)
