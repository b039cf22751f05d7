"""The last step of publishing: what lies ready takes its place. Apart from the rest, which loads all that makes pages small."""

import shutil
from pathlib import Path

from psm_course.site.output.listed import MANIFEST, WHOLE, listed_in


def finish(out: Path) -> None:
    """Put what lies ready into its place, and take away what is no longer wanted; also what a publishing left that was stopped here.

    Nothing but names changes, so this takes no room and little time. The list of what is published comes last.
    """
    ready = out / WHOLE
    if not (ready / MANIFEST).is_file():
        return
    for path in [path for path in ready.rglob("*") if path.is_file() and path != ready / MANIFEST]:
        target = out / path.relative_to(ready)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    for old in listed_in(out, out / MANIFEST) - listed_in(out, ready / MANIFEST):
        (out / old).unlink(missing_ok=True)
    (ready / MANIFEST).replace(out / MANIFEST)
    shutil.rmtree(ready, ignore_errors=True)
