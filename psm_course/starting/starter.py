"""Copies the course in this package into a new folder, for the city of a new office.

An installed package has that course in its folder `starter`. In a clone of the repository the
course is the repository's own folders, from which the wheel is made (`hatch_build.py`).
"""

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from psm_course.authoring.yaml_edit import quoted
from psm_course.content.course import COURSE_FILE
from psm_course.content.region import REGION_FILE, Region, read_region
from psm_course.content.review import REVIEW_FILE
from psm_course.errors import Refused, StoreError, cause, next_step
from psm_course.starting.regions import cities, place_of, region_text

FOLDERS = ("book", "modules", "quizzes")
CONFIG = "_config.yml"
HELP_FILE = Path("modules/bantuan.yml")
TODO = "PERIKSA-KOTA.md"
_PACKAGE = Path(__file__).parents[1]
# For programmers of this package, and what programs leave behind.
_LEFT_OUT = shutil.ignore_patterns("maintaining", "__pycache__", ".ipynb_checkpoints", ".*")
_UNWRITTEN = {
    "number": "«nomor»",
    "when": "«kapan menelepon nomor ini»",
    "source": "«sumber, tanggal»",
}


@dataclass(frozen=True, slots=True)
class Started:
    """A new course folder: the result of `start`.

    Attributes:
        root: the folder.
        city: name of its city.
        unchecked: number of files that still name the city for which the course was written; 0 if
            `city` is that city.
        unwritten: short names of the local contacts that have to be filled in.
    """

    root: Path
    city: str
    unchecked: int
    unwritten: tuple[str, ...] = ()


def starter() -> Path:
    """Return the folder of the course that this package contains."""
    carried = _PACKAGE / "starter"
    return carried if carried.is_dir() else _PACKAGE.parent


def starting_region() -> Region:
    """Return the region (city) of the course that this package contains.

    Raises:
        StoreError: that course is broken.
    """
    region, problems = read_region(starter())
    if region is None:
        raise StoreError(
            f"Kursus yang dibawa program ini rusak: {problems[0]}. Pasang ulang psm-course."
        )
    return region


def start(root: Path, city: str, settings: Mapping[str, str]) -> Started:
    """Write a copy of the course in this package into a new folder, adapted to a city.

    If something fails, nothing is left in the folder.

    Args:
        root: the folder; it may exist already if it is empty.
        city: Kemendagri code, a key of `cities`; empty: the city that the course was written for.
        settings: values for `psm.toml` by name; empty ones are left out.

    Raises:
        Refused: the folder is not empty, is a file, or cannot be made.
        StoreError: the disk is full or gone, or the course in the package is broken.
    """
    root = root.resolve()
    _refuse_taken(root)
    # A folder that is there stays the same one: a terminal stands in it (`psm init .`), it may be
    # a disk, or the one place where this account may write.
    place = root if root.is_dir() else root.parent
    try:
        place.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{root.name}-", dir=place))
    except OSError as error:
        raise _unmakeable(root, error) from None
    try:
        started = _written(made, city, settings)
        if place == root:
            _move_into(root, made)
        else:
            made.chmod(0o755)  # `mkdtemp` makes it for its owner alone
            made.replace(root)
    except OSError as error:
        raise StoreError(
            f"Folder {root} tidak selesai ditulis: {cause(error)}. Tidak ada yang tertinggal."
        ) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return replace(started, root=root)


def refuse_unusable(root: Path) -> None:
    """Refuse a folder in which `start` could not write. Whatever this check writes is deleted.

    Raises:
        Refused: the folder is not empty, is a file, or cannot be made.
    """
    root = root.resolve()
    _refuse_taken(root)
    place = next(each for each in (root, *root.parents) if each.exists())
    try:
        Path(tempfile.mkdtemp(prefix=f".{root.name}-", dir=place)).rmdir()
    except OSError as error:
        raise _unmakeable(root, error) from None


def _refuse_taken(root: Path) -> None:
    if root.is_dir() and any(root.iterdir()):
        raise Refused(f"{root} sudah berisi. Pilih nama folder yang baru; tidak ada yang diubah.")
    if root.exists() and not root.is_dir():
        raise Refused(f"{root} adalah berkas. Pilih nama folder yang baru.")


def _unmakeable(root: Path, error: OSError) -> Refused:
    return Refused(f"Folder {root} tidak dapat dibuat: {cause(error)}.{next_step(error)}")


def _move_into(root: Path, made: Path) -> None:
    """Move everything from `made` into `root`. If one thing cannot be moved, move all back."""
    names = sorted(path.name for path in made.iterdir())
    try:
        for name in names:
            (made / name).replace(root / name)
    except BaseException:
        for name in names:
            if not (made / name).exists():
                (root / name).replace(made / name)
        raise


def _written(root: Path, city: str, settings: Mapping[str, str]) -> Started:
    source = starter()
    for folder in FOLDERS:
        shutil.copytree(source / folder, root / folder, ignore=_LEFT_OUT)
    shutil.copyfile(source / CONFIG, root / CONFIG)
    written_for = starting_region()
    (root / "psm.toml").write_text(settings_text(settings), encoding="utf-8")
    if not city or city == written_for.office:
        return Started(root, written_for.name, 0)
    (root / REGION_FILE).write_text(region_text(city), encoding="utf-8")
    for file in (COURSE_FILE, Path(CONFIG)):
        _rewrite(root / file, lambda text: text.replace(written_for.name, cities()[city]))
    _rewrite(root / HELP_FILE, lambda text: _without_numbers_of(written_for, text, place_of(city)))
    blank = _left_blank(root / HELP_FILE)
    _rewrite(root / REVIEW_FILE, lambda text: _without_sightings(blank, text))
    places = list(_places_naming(root, written_for.place))
    (root / TODO).write_text(_todo(written_for, cities()[city], places), encoding="utf-8")
    return Started(root, cities()[city], len(places), tuple(blank.values()))


def settings_text(settings: Mapping[str, str]) -> str:
    """Return the text of a `psm.toml` with these settings, and examples of others as comments."""
    known = {name: value for name, value in settings.items() if value}
    lines = [
        "# Pengaturan kantor. Penjelasan: Panduan petugas. Tanda # di depan: belum dipakai.",
        *(f"{name} = {_toml(value)}" for name, value in known.items()),
        *(
            f"# {name} = {_toml(example)}"
            for name, example in _EXAMPLES.items()
            if name not in known
        ),
    ]
    return "\n".join(lines) + "\n"


_EXAMPLES = {
    "letterhead": "PEMERINTAH KOTA …|DINAS SOSIAL|Jalan …",
    "signatory_title": "Kepala Dinas Sosial …",
    "signatory_name": "Nama, gelar, dan pangkat",
    "record_number": "800.2/{seq:04}/PSM-DASAR/{roman_month}/{year}",
    "site_address": "https://psm.contoh.go.id",
    "logo": "logo.png",
    "whatsapp": "0812-3456-7890",
}


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a basic string of TOML


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _without_numbers_of(other: Region, text: str, place: str) -> str:
    """Return the text of `modules/bantuan.yml` in which the contacts of another city are blank.

    The new office has to fill these entries in: no page may send people to another city.

    Args:
        other: the city whose contacts are blanked.
        text: the content of `modules/bantuan.yml`.
        place: the name of the new city; in these entries it replaces the name of the other city.
    """
    head, *contacts = _in_entries(text)
    return head + "".join(
        _unwritten(each, other.place, place) if other.place.casefold() in each.casefold() else each
        for each in contacts
    )


def _in_entries(text: str) -> list[str]:
    """Split the text of a YAML file before each list entry that begins with `- id:`.

    The file is `modules/bantuan.yml` or a review ledger. The first text returned is what stands
    before the first entry.
    """
    return re.split(r"(?m)^(?=  - id:)", text)


def _left_blank(file: Path) -> dict[str, str]:
    """Return the short names, by id, of the contacts in `modules/bantuan.yml` still to fill in."""
    _, *contacts = _in_entries(file.read_text(encoding="utf-8"))
    named = [
        dict(re.findall(r"(?m)^(?:  - |    )(id|short|label): (.*)$", contact))
        for contact in contacts
        if "«" in contact
    ]
    return {names["id"]: names.get("short") or names["label"] for names in named}


def _without_sightings(contacts: Iterable[str], text: str) -> str:
    """Return the text of a review ledger without dates and answers about the numbers of `contacts`.

    `contacts` are ids of help contacts that the new office has to fill in. The dates and answers
    are about the number of another city, and say nothing about the new number.
    """
    places = {f"{HELP_FILE.as_posix()}#{contact}" for contact in contacts}
    head, *entries = _in_entries(text)
    return head + "".join(
        _unseen(each) if places & set(re.findall(r"[\w./#-]+", each)) else each for each in entries
    )


def _unseen(entry: str) -> str:
    if not re.search(r"(?m)^    kind: number$", entry):
        return entry
    entry = re.sub(r"(?m)^    (last_checked|asked_on|answer):.*\n(?:     .*\n)*", "", entry)
    return re.sub(r"(?m)^    text: .*$", f"    text: {quoted(_UNWRITTEN['number'])}", entry)


def _unwritten(contact: str, old: str, new: str) -> str:
    for key, words in _UNWRITTEN.items():
        contact = re.sub(rf"(?m)^    {key}: .*$", f"    {key}: {quoted(words)}", contact)
    return contact.replace(old, new)


def _places_naming(root: Path, place: str) -> Iterator[tuple[str, int]]:
    """Yield each file of the course that names a place: its path, and how often it has the name."""
    for path in sorted(file for folder in FOLDERS for file in (root / folder).rglob("*")):
        if path.suffix in {".md", ".yml", ".ipynb"} and (
            times := path.read_text(encoding="utf-8").count(place)
        ):
            yield path.relative_to(root).as_posix(), times


def _todo(written_for: Region, name: str, places: list[tuple[str, int]]) -> str:
    listed = "\n".join(f"- [ ] `{file}`: {times} kali" for file, times in places)
    return f"""# Yang masih berbicara tentang {written_for.name}

Kursus ini ditulis untuk {written_for.name} dan disalin untuk {name}. Yang sudah diganti: wilayah,
penyelenggara, dan nomor bantuan setempat, yang sekarang kosong (di antara « dan ») di
`{HELP_FILE.as_posix()}`. Situs baru dapat disusun sesudah nomor itu diisi. Telepon setiap nomor
sebelum menuliskannya, lalu tulis nomor yang sama di `{REVIEW_FILE.as_posix()}`.

Di berkas-berkas ini "{written_for.place}" masih disebut. Baca satu per satu bersama orang yang tahu
keadaan di {name}: kalimatnya diganti, atau dibiarkan bila memang cerita dari sana.

{listed}
"""
