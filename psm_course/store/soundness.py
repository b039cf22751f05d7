"""Is the register whole? The database's own checks, the chain of the audit log computed anew, and what keeps rows from being changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from psm_course.store.audit import Chain, check_chain
from psm_course.store.engine import Store
from psm_course.store.schema import APPEND_ONLY, NEVER_CHANGED

_PROTECTIONS = {f"{table}_no_update" for table in (*APPEND_ONLY, *NEVER_CHANGED)} | {f"{table}_no_delete" for table in APPEND_ONLY}
_TRIGGERS = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"),
}


@dataclass(frozen=True, slots=True)
class Soundness:
    """`troubles` are Indonesian sentences; empty when all is well."""

    chain: Chain
    troubles: tuple[str, ...]


def check_soundness(store: Store) -> Soundness:
    """Reads everything once, beside whoever is working."""
    with store.reading() as tx:
        troubles = _file_troubles(tx) if tx.dialect.name == "sqlite" else ()
        troubles = (*troubles, *_unprotected(tx))
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


def _unprotected(tx: Connection) -> tuple[str, ...]:
    """Nobody takes a protection away but to change what was written."""
    standing = set(tx.execute(_TRIGGERS[tx.dialect.name]).scalars())
    lost = sorted({protection.rpartition("_no_")[0] for protection in _PROTECTIONS - standing})
    return tuple(f"Pelindung tabel {table} sudah dilepas; isinya mungkin diubah. Bandingkan dengan cadangan." for table in lost)
