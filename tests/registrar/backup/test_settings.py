"""The office's settings after a restore: what the laptop says itself, and all else as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from psm_course.settings import read_settings
from psm_course.starting.starter import settings_text
from tests.registrar.backup.offices import an_office, another_laptop, backed_up, restored

SITE = "https://dinsos.depok.go.id/psm"


def test_what_a_laptop_does_not_say_itself_comes_from_the_backup(tmp_path: Path) -> None:
    office = replace(
        an_office(tmp_path / "lama"), whatsapp="0812-3456-7890", signatory_name="Bu Rekaan"
    )
    backup = backed_up(office, tmp_path / "cadangan.zip")
    plain, decided = (another_laptop(tmp_path / name, office) for name in ("baru", "lain"))
    own = 'whatsapp = "0813-3456-7890"\n'
    (plain.root / "psm.toml").write_text(settings_text({}), encoding="utf-8")
    (decided.root / "psm.toml").write_text(own, encoding="utf-8")

    for laptop, number in ((plain, ""), (decided, "0813-3456-7890")):
        restored(replace(laptop, whatsapp=number, signatory_name=""), backup)
    read = [read_settings(laptop.root, {}) for laptop in (plain, decided)]

    assert [(each.whatsapp, each.signatory_name, each.site_address) for each in read] == [
        ("6281234567890", "Bu Rekaan", SITE),
        ("6281334567890", "Bu Rekaan", SITE),
    ]
    assert (decided.root / "psm.toml").read_text(encoding="utf-8").endswith(own)
