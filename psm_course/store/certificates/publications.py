"""Published documents: signed lists, corrections, and facts that several certificates share.

Each document has a path below the site. Documents are appended; the latest document of each path is
the published one.
"""

from datetime import datetime

from sqlalchemy import Connection, func, select

from psm_course.store.engine import from_utc, to_utc
from psm_course.store.rows import add, ours
from psm_course.store.schema import publication


def add_publication(tx: Connection, path: str, document: str, at: datetime) -> None:
    """Append a document for a path below the site; it replaces earlier documents of this path."""
    add(tx, publication, [{"path": path, "document": document, "published_at": to_utc(at)}])


def list_publications(tx: Connection) -> dict[str, str]:
    """Return the latest published document of every path below the site, by path."""
    latest = ours(tx, select(func.max(publication.c.id)).group_by(publication.c.path))
    query = (
        select(publication.c.path, publication.c.document)
        .where(publication.c.id.in_(latest))
        .order_by(publication.c.path)
    )
    return {row.path: row.document for row in tx.execute(ours(tx, query))}


def find_publication(tx: Connection, path: str) -> tuple[str, datetime] | None:
    """Return the latest document of a path below the site, and the time of its publication.

    None if no document was ever published at this path.
    """
    query = select(publication.c.document, publication.c.published_at).where(
        publication.c.path == path
    )
    row = tx.execute(ours(tx, query.order_by(publication.c.id.desc()).limit(1))).one_or_none()
    return (row.document, from_utc(row.published_at)) if row else None
