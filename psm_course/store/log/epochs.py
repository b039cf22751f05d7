"""Begins a new epoch of the log, after a restore or when the site's address changes.

The first event of the new epoch contains the size and root of the old epoch.
"""

from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlalchemy import Connection

from psm_course.domain.register import Reason
from psm_course.store import audit
from psm_course.store.engine import LOG_HOST
from psm_course.store.log.state import log_state
from psm_course.store.tree import Epoch, last_event


def log_host(site_address: str) -> str:
    """Return the host in the site's address; the name of a log begins with this host.

    The result is empty if others cannot reach the host: if it is an IP address or has no dot.
    """
    host = urlsplit(site_address).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return host if "." in host else ""
    return ""


def raise_epoch(tx: Connection, origin_host: str, actor: str, now: datetime, reason: Reason) -> int:
    """Begin the next epoch of the office's log; returns the number of the new epoch.

    The first event of the new epoch contains number, size and root of the old epoch.

    Args:
        tx: a transaction in which all written rows are in the log already.
        origin_host: the result of `log_host`; empty: the host that the register was opened with.
        actor, now: the person who begins the new epoch, and the time; both are in its first event.
        reason: the reason for a new epoch.
    """
    old = log_state(tx)
    epoch = old.epoch + 1
    host = origin_host or str(tx.get_execution_options()[LOG_HOST])
    audit.begin(tx, Epoch(epoch, f"{host}/log/{epoch}", last_event(tx) + 1, 0))
    before: dict[str, str | int | None] = {
        "old_epoch": old.epoch,
        "old_size": old.size,
        "old_root": old.root.hex(),
    }
    audit.note(tx, actor, "log begun anew", f"{host}/log/{epoch}", now, **before, reason=reason)
    return epoch
