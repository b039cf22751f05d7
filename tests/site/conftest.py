"""The published site on a server of this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import BuiltCourse
from tests.site.stage import served


@pytest.fixture(scope="package")
def address(site: BuiltCourse) -> Iterator[str]:
    with served(site.out) as found:
        yield found
