"""All that an office has published: as others see it, and as the files beside its pages."""

from __future__ import annotations

import json
from pathlib import Path

from psm_course.credentials.verification.published import Published, published
from psm_course.registrar.certificates.keys.keyring import Signer
from psm_course.registrar.certificates.publishing import public_files
from psm_course.settings import Settings
from psm_course.store.certificates import publications
from psm_course.store.engine import Store
from tests.register_builders import a_signer


def published_in(store: Store, signer: Signer | None = None) -> Published:
    """What that office has published, as others see it: no file of the office is looked at."""
    with store.reading() as tx:
        documents = {
            path: json.loads(text) for path, text in publications.list_publications(tx).items()
        }
    lists, shared = (
        [each for path, each in documents.items() if path.startswith(place)]
        for place in ("status/", "terbitan/")
    )
    return published(
        [(signer or a_signer()).issuer],
        lists,
        shared,
        [documents["perbaikan.json"]],
        [documents["sidik.json"]],
    )


def site_of(store: Store, settings: Settings, site: Path) -> None:
    """The office's public files, as a build lays them beside the pages."""
    for path, content in public_files(store, settings).items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
