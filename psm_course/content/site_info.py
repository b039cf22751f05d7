"""`kursus.json`: tells an office which version of the course a built site shows."""

import json
from pathlib import Path

from psm_course.content.adopted import site_digest
from psm_course.content.course import Course

FILE = "kursus.json"
_FORMAT = "psm-site/1"


def site_info(course: Course) -> bytes:
    """Return the content of `kursus.json`: the course's id, and the digest of what the site shows.

    The digest does not depend on the answers of tests.
    """
    return json.dumps(
        {"format": _FORMAT, "course": course.file.id, "digest": site_digest(course)},
        ensure_ascii=False,
    ).encode()


def read_site_info(site: Path) -> tuple[str, str] | None:
    """Return course id and digest from the `kursus.json` of a built site.

    None if the site has no valid `kursus.json`.
    """
    try:
        said = json.loads((site / FILE).read_text(encoding="utf-8"))
        return (str(said["course"]), str(said["digest"])) if said["format"] == _FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
