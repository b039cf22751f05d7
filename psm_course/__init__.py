"""The Bimtek Dasar PSM course kit: content, grading, the register and certificates.

The functions and classes of the public API are listed in `api.py`, and explained in
`book/maintaining/api.md`. `api.py` is imported only when one of these names is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psm_course.api import *  # noqa: F403 - the names of its `__all__`

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name == "__all__" or not name.startswith("_"):
        api = import_module("psm_course.api")
        if name in {"__all__", *api.__all__}:
            return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *import_module("psm_course.api").__all__]
