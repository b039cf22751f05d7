"""What several tests of faults share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.office_folder import OfficeFolder, a_finished_office
from tests.store.next_release import migrations_of_the_next_release


@pytest.fixture(scope="session")
def finished_office(tmp_path_factory: pytest.TempPathFactory) -> OfficeFolder:
    return a_finished_office(tmp_path_factory.mktemp("kantor"))


@pytest.fixture(scope="session")
def next_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return migrations_of_the_next_release(tmp_path_factory.mktemp("rilis"))
