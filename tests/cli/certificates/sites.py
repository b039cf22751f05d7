"""The site of an office in some state of affairs, as a folder."""

from __future__ import annotations

from pathlib import Path

from psm_course.credentials.signing.keys import Issuer
from tests.credentials.signed import as_bytes
from tests.credentials.worlds import World


def a_site(world: World, issuer: Issuer, folder: Path) -> Path:
    """The folder in which an office's site stands, in that state of affairs."""
    folder.mkdir(parents=True)
    (folder / "keys.json").write_bytes(as_bytes(issuer.to_json()))
    if issuer is not world.issuers[0]:
        return folder
    for kind, documents in (("status", world.status_lists), ("terbitan", world.issuances)):
        (folder / kind).mkdir()
        for index, document in enumerate(documents):
            (folder / kind / f"{index}.json").write_bytes(as_bytes(document))
    for document in world.corrections:
        (folder / "perbaikan.json").write_bytes(as_bytes(document))
    (folder / "sidik").mkdir()
    for document in world.digests():
        path = f"sidik/{document['part']}.json" if "part" in document else "sidik.json"
        (folder / path).write_bytes(as_bytes(document))
    return folder
