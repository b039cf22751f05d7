"""The one configuration: defaults, `psm.toml`, variables; and what is said when it is wrong."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.errors import Refused
from psm_course.settings import Settings, find_root, read_settings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder that holds a course."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "course.yml").touch()
    return tmp_path


def written(root: Path, text: str | bytes) -> Settings:
    (root / "psm.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings(root, {})


def sentence_of(root: Path, text: str | bytes) -> str:
    with pytest.raises(Refused) as refused:
        written(root, text)
    return str(refused.value)


# ---- where the course is -------------------------------------------------------------------------


def test_the_root_is_the_nearest_folder_above_that_holds_a_course(root: Path) -> None:
    below = root / "modules" / "01-menyapa" / "gambar"
    below.mkdir(parents=True)

    assert find_root(below) == root


def test_a_folder_without_a_course_is_its_own_root(tmp_path: Path) -> None:
    assert find_root(tmp_path) == tmp_path


def test_the_root_of_a_course_inside_another_is_the_inner_one(root: Path) -> None:
    inner = root / "salinan"
    (inner / "modules").mkdir(parents=True)
    (inner / "modules" / "course.yml").touch()

    assert find_root(inner / "modules") == inner


# ---- what is configured --------------------------------------------------------------------------


def test_an_office_that_writes_nothing_gets_the_defaults(root: Path) -> None:
    settings = read_settings(root, {})

    assert settings == Settings(
        root=root,
        data=root / "var",
        record_number="800.2/{seq:04}/PSM-DASAR/{roman_month}/{year}",
        place="",
        signatory_title="",
        signatory_name="",
    )
    assert (settings.register, settings.records, settings.site) == (
        root / "var" / "register.db",
        root / "var" / "records",
        root / "var" / "site",
    )


def test_the_file_overrides_the_defaults_and_variables_override_the_file(root: Path) -> None:
    (root / "psm.toml").write_text(
        'place = "Bogor"\nsignatory_name = "Dra. Contoh"\n', encoding="utf-8"
    )

    settings = read_settings(root, {"PSM_PLACE": "Bekasi", "PLACE": "Lain", "PSM_LAIN": "x"})

    assert settings == dataclasses.replace(
        read_settings(root, {}), place="Bekasi", signatory_name="Dra. Contoh"
    )
    assert read_settings(root, {}).place == "Bogor"


@pytest.mark.parametrize(("data", "place"), [("register", "register"), ("../arsip", "../arsip")])
def test_a_relative_data_folder_starts_at_the_root_wherever_one_stands(
    root: Path, data: str, place: str
) -> None:
    (root / "quizzes").mkdir()

    assert read_settings(root / "quizzes", {"PSM_DATA": data}).data == root / place


def test_an_absolute_data_folder_stays(root: Path) -> None:
    assert read_settings(root, {"PSM_DATA": "/srv/psm"}).data == Path("/srv/psm")


def test_the_root_is_found_and_never_configured(root: Path) -> None:
    assert read_settings(root, {"PSM_ROOT": "/lain"}).root == root


def test_settings_do_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().place = "Bogor"  # type: ignore[misc]


def test_a_file_saved_by_notepad_is_read(root: Path) -> None:
    assert written(root, b'\xef\xbb\xbfplace = "Bogor"\r\n').place == "Bogor"


# ---- what is wrong -------------------------------------------------------------------------------


def test_an_unknown_key_is_refused_with_those_that_are_known(root: Path) -> None:
    assert sentence_of(root, 'tempat = "Bogor"') == Contains(
        'psm.toml: kunci "tempat"',
        "tidak dikenal",
        ": certified_signature, data, database, letterhead, logo, office, office_email,"
        " office_image, office_url, place, proxy, publish_to, record_number, retention_years,"
        " show_score, signatory_name, signatory_title, site_address, whatsapp, wording.",
    )


@pytest.mark.parametrize(
    ("name", "words"), [("certified_signature", "none, folder, bsre"), ("show_score", "yes, no")]
)
def test_a_word_that_would_print_an_untrue_sentence_is_refused(
    root: Path, name: str, words: str
) -> None:
    assert sentence_of(root, f'{name} = "ya"') == Contains(
        f'Pengaturan {name} = "ya" ', "tidak dikenal", f": {words}."
    )


@pytest.mark.parametrize(
    "number", ["0812-3456-7890", "+62 812 3456 7890", "62812.3456.7890", "(0812) 34567890"]
)
def test_the_offices_number_is_written_as_people_write_it(root: Path, number: str) -> None:
    assert written(root, f'whatsapp = "{number}"').whatsapp == "6281234567890"
    assert read_settings(root, {"PSM_WHATSAPP": number}).whatsapp == "6281234567890"
    assert read_settings(root, {"PSM_WHATSAPP": ""}).whatsapp == ""


@pytest.mark.parametrize(
    "number",
    [
        "112",
        "021-7777777",
        "+1 202 555 0143",
        "0812-3456-7890 (Siti)",
        "0812345",
        "https://wa.me/62812",
    ],
)
def test_what_is_no_mobile_number_is_refused(root: Path, number: str) -> None:
    assert sentence_of(root, f'whatsapp = "{number}"') == Contains(
        f'Pengaturan whatsapp = "{number}" ',
        "bukan nomor ponsel",
        '"0812-3456-7890"',
        '"+62 812-3456-7890"',
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("office_url", "dinsos.depok.go.id"),
        ("office_url", "https://dinsos depok"),
        ("office_image", "https://dinsos.depok.go.id/lambang.jpg"),
        ("office_email", "dinsos.depok.go.id"),
        ("proxy", "nginx"),
    ],
)
def test_what_no_badge_may_say_for_ever_is_refused(root: Path, name: str, value: str) -> None:
    assert sentence_of(root, f'{name} = "{value}"') == Contains(
        f'Pengaturan {name} = "{value}" ', "tidak dapat dipakai", ". Contoh: "
    )


@pytest.mark.parametrize("value", ["1", "true", '["Bogor"]', "2026-11-24", '{kota = "Bogor"}'])
def test_a_value_that_is_no_text_is_refused(root: Path, value: str) -> None:
    assert sentence_of(root, f"place = {value}") == Contains(
        'psm.toml: "place" harus', "di antara tanda kutip"
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [("place = Bogor", 1), ('place = "Bogor"\nsignatory_name: Dra', 2), ('place = "Bogor', 1)],
)
def test_a_file_that_is_no_toml_is_refused_with_its_line_in_indonesian(
    root: Path, text: str, line: int
) -> None:
    assert sentence_of(root, text) == Contains(
        "psm.toml tidak terbaca", f" di baris {line}.", ': nama = "isi"'
    )


@pytest.mark.parametrize(
    "raw", ["place = 'Bogor é'".encode("latin-1"), 'place = "Bogor"'.encode("utf-16")]
)
def test_a_file_in_another_encoding_is_refused(root: Path, raw: bytes) -> None:
    assert sentence_of(root, raw) == Contains(
        "psm.toml tidak terbaca", ": bukan UTF-8.", "dengan pilihan UTF-8"
    )


# ---- the database's address in a file ------------------------------------------------------------

ADDRESS = "postgresql://psm:sandi@server/psm"


def test_the_address_of_the_database_may_stand_in_a_file(root: Path) -> None:
    (root / "alamat").write_text(f"{ADDRESS}\n", encoding="utf-8")

    assert read_settings(root, {"PSM_DATABASE_FILE": str(root / "alamat")}).database == ADDRESS


def test_a_rehearsal_does_not_reach_the_database_of_the_file(root: Path, tmp_path: Path) -> None:
    (root / "alamat").write_text(ADDRESS, encoding="utf-8")
    environment = {"PSM_DATABASE_FILE": str(root / "alamat")}
    rehearsed = read_settings(root, environment).rehearsal(tmp_path / "latihan")

    assert read_settings(root, environment | rehearsed.as_environment()).database == ""


@pytest.mark.parametrize("content", [b"", b"satu\ndua", b"\xff\xfe"])
def test_a_file_that_holds_no_address_is_said(root: Path, content: bytes) -> None:
    (root / "alamat").write_bytes(content)

    with pytest.raises(Refused, match=r"dari satu baris\..+: postgresql://"):
        read_settings(root, {"PSM_DATABASE_FILE": str(root / "alamat")})


# ---- rehearsing ----------------------------------------------------------------------------------

# What a rehearsal may keep: the course that it reads, its city (the data lies elsewhere), and how a
# certificate is worded. Whatever is not here must be its own.
WORDED = {
    "place",
    "signatory_title",
    "signatory_name",
    "letterhead",
    "logo",
    "wording",
    "show_score",
    "retention_years",
}
HARMLESS = {"root", "office", *WORDED}


def configured(folder: Path) -> Settings:
    """An office that has written down everything."""
    names = {field.name for field in dataclasses.fields(Settings)} - {"root", "data"}
    return Settings(
        root=folder, data=folder / "var", **{name: f"milik kantor: {name}" for name in names}
    )


def test_a_rehearsal_reaches_nothing_that_is_configured(tmp_path: Path) -> None:
    office = configured(tmp_path)

    apart = office.rehearsal(tmp_path / "var" / "demo", "http://127.0.0.1:8765")

    kept = {
        name
        for name in Settings.__dataclass_fields__
        if getattr(apart, name) == getattr(office, name)
    }
    assert kept == HARMLESS
    assert apart.database == ""
    assert apart.record_number.startswith("LATIHAN/")
    for place in (apart.register, apart.keys, apart.records, apart.site):
        assert place.is_relative_to(tmp_path / "var" / "demo")


@pytest.mark.parametrize("folder", ["var", ".", "var/../var"])
def test_a_rehearsal_in_the_offices_own_folder_is_refused(tmp_path: Path, folder: str) -> None:
    with pytest.raises(Refused, match="memuat register kantor"):
        configured(tmp_path).rehearsal(tmp_path / folder)
