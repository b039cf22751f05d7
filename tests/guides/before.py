"""What has to have happened before a command of a guide is typed, and what the reader puts in the
place of a word in capitals.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from psm_course.credentials.log.checkpoint import read_unsigned
from psm_course.registrar.certificates.keys.keyring import find_issuer
from psm_course.registrar.completion.adopting import find_course
from psm_course.settings import read_settings
from psm_course.store.certificates import records
from psm_course.store.people import people
from tests.builders import REGION, edit
from tests.cli.conftest import Ran
from tests.guides.office import EARLIER, TAUGHT, goes_back, register_in
from tests.register_builders import a_sheet
from tests.registrar.certificates.signing_client import signed

PASSWORD = "kuda laut biru"  # noqa: S105 - of made-up accounts


ADOPTED = 'psm course adopt --reason "Keputusan 12/2026"'


@dataclass(frozen=True, slots=True)
class Office:
    """Where commands are typed, and the memory stick beside it.

    `lessons_run` is the folder with the results of the course's lessons, as the shared site ran
    them; asked for by few, because the site is built for it.
    """

    root: Path
    stick: Path
    type_in: Callable[[str, str], Ran]
    lessons_run: Callable[[], Path]

    def types(self, command: str) -> Ran:
        """The command with what the reader fills in, and the lines it asks for."""
        lines = next((lines for words, lines in ASKED_FOR.items() if command.startswith(words)), "")
        for word, found in FILLED_IN.items():
            if word in command:
                command = command.replace(word, found(self))
        return self.type_in(command, lines)

    def must(self, command: str) -> Ran:
        ran = self.types(command)
        assert ran.code == 0, f"{command}: {ran.out}{ran.err}"
        return ran


# What the commands ask for, by their first words.
ASKED_FOR = {
    "psm account add": PASSWORD,
    **dict.fromkeys(("psm revoke", "psm keys compromised", "psm subject erase"), "ya\n"),
    "psm account password": PASSWORD,
    "psm restore": "\n",
}


# ---- what the reader fills in --------------------------------------------------------------------


def a_number(office: Office) -> str:
    """Of a certificate in force."""
    with register_in(office.root) as store, store.reading() as tx:
        return records.records_of_cohort(tx, "D26")[0].number


def a_key(office: Office) -> str:
    """The last letters of the name of the office's key."""
    issuer = find_issuer(read_settings(office.root))
    assert issuer is not None
    return issuer.keys[0].multikey[-6:]


def a_held_answer(office: Office) -> str:
    """The code of an answer that waits for a decision because it came without a card."""
    lines = office.must("psm submit held").out.splitlines()
    return next(line.split()[0] for line in lines if line.endswith("tanpa kartu peserta"))


def the_checkpoint(office: Office) -> str:
    """As the minutes print it."""
    note = next((office.root / "var/laporan").rglob("puncak-catatan.txt")).read_text(
        encoding="utf-8"
    )
    return read_unsigned(note).short_form


def an_item(office: Office) -> str:
    with register_in(office.root) as store:
        course = find_course(store)
    assert course is not None
    return course.quizzes["tes-akhir"].items[0].id


FILLED_IN: Mapping[str, Callable[[Office], str]] = {
    "1:3021:9f3a 01bc 77de 2201": the_checkpoint,
    "/media/flashdisk": lambda office: str(office.stick),
    "E:/": lambda office: f"{office.stick}/",
    "id-butir": an_item,
    "BERKAS": lambda _: "kantor.zip",
    "FOLDER-SITUS": lambda _: "situs-terbit",
    "FOLDER": lambda _: "folder",
    "KODE": a_held_answer,
    "KUIS": lambda _: "tes-akhir",
    "KUNCI": a_key,
    "NOMOR": a_number,
}


# ---- what happened before ------------------------------------------------------------------------


def before_anybody_came(office: Office) -> None:
    goes_back(office.root, EARLIER)


def before_the_key(office: Office) -> None:
    goes_back(office.root, TAUGHT)


def a_stick(office: Office) -> None:
    office.stick.mkdir(exist_ok=True)


def the_roster(office: Office, *rows: tuple[str, str]) -> None:
    """A list below a letterhead: whoever stands last in it stands in B14."""
    homes = (
        "Beji",
        "Kukusan",
        "Tanah Baru",
        "Depok",
        "Limo",
        "Meruyung",
        "Grogol",
        "Cinere",
        "Gandul",
        "Pangkalan Jati",
    )
    listed = [("Nama", "Kelurahan"), *(rows or [(f"Peserta {home}", home) for home in homes])]
    gap = [("", "", "")] * (14 - len(listed))
    a_sheet(office.root / "peserta.xlsx", *gap, *(("", *row) for row in listed))


def a_new_cohort(office: Office) -> None:
    before_anybody_came(office)
    office.must("psm cohort new D26 --start 2026-12-01")
    the_roster(office)


def a_roster_with_twins(office: Office) -> None:
    a_new_cohort(office)
    the_roster(office, ("Siti Rahayu", "Beji"), ("Siti Rahayuu", "Beji"))


def a_roster_with_somebody_of_d25(office: Office) -> None:
    a_new_cohort(office)
    with register_in(office.root) as store, store.reading() as tx:
        known = next(each for each in people.list_enrolments(tx, "D25") if each.number == "D25-003")
    the_roster(office, (known.name, str(REGION.home(known.kelurahan))))


def somebody_stays_away(office: Office) -> None:
    number = a_number(office)
    with register_in(office.root) as store, store.reading() as tx:
        who = records.find_participant(tx, number)
    for session in re.findall(
        r"- \{id: (h\d-\w+)", (office.root / "modules/course.yml").read_text(encoding="utf-8")
    ):
        office.must(f'psm attendance mark D26 {session} {who} alpa --reason "Tidak datang"')


def certificate_taken_back(office: Office) -> None:
    with register_in(office.root) as store, store.reading() as tx:
        numbers = [
            each.number
            for each in records.records_of_cohort(tx, "D26")
            if records.find_participant(tx, each.number) == "D26-017"
        ]
    office.must(f'psm revoke {numbers[0]} --reason "Tercetak dua kali" --yes')


def a_filled_sheet(office: Office) -> None:
    a_sheet(
        office.root / "hadir.xlsx", ("Nomor", "h1-pembukaan"), ("D26-001", "x"), ("D26-002", "t")
    )


def changed_course(office: Office) -> None:
    edit(office.root, "modules/course.yml", "Hadir sedikitnya 80 %", "Hadir paling sedikit 80 %")


def a_rubric(office: Office) -> None:
    file = office.root / "modules/course.yml"
    asked = "completion:\n  - {id: amatan, kind: observed, title: Menyapa dengan baik}\n"
    rubric = (
        "rubric:\n  - {id: sapa, title: Menyapa warga, levels: [belum, dibantu, sendiri,"
        " mengajari], minimum: 3}\n"
    )
    file.write_text(
        file.read_text(encoding="utf-8").replace("completion:\n", asked) + rubric, encoding="utf-8"
    )
    office.must(ADOPTED)
    office.must('psm rules D26 --apply --reason "Rapat"')


def a_second_course(office: Office) -> None:
    edit(
        office.root,
        "modules/course.yml",
        "id: bimtek-dasar-psm\n",
        'id: lanjutan\nrecord_number: "801/{seq:04}/LANJUTAN/{year}"\n',
    )
    office.must(ADOPTED)


def some_answers(office: Office) -> None:
    """A file of what phones handed in, as it came; and a folder with it."""
    shutil.copy(
        next((office.root / "tahap").rglob("D26/tes-akhir.jsonl")), office.root / "jawaban.txt"
    )
    (office.root / "unduhan").mkdir(exist_ok=True)
    shutil.copy(office.root / "jawaban.txt", office.root / "unduhan")
    shutil.copy(office.root / "jawaban.txt", office.root / "berkas.txt")


def a_signed_paper(office: Office) -> None:
    paper = next((office.root / "var/records/D26").glob("*.pdf"))
    (office.root / "folder").mkdir()
    (office.root / "folder" / paper.name).write_bytes(signed(paper.read_bytes()))


def a_certificate(office: Office) -> None:
    for name in ("sertifikat.pdf", "sertifikat-siti.pdf"):
        shutil.copy(next((office.root / "var/records/D26").glob("*.pdf")), office.root / name)


def the_minutes(office: Office) -> None:
    office.must("psm report D26 --number 800/12/2026")
    shutil.copy(
        next((office.root / "var/laporan").rglob("*.pdf")), office.root / "berita-acara.pdf"
    )


def a_receipt(office: Office) -> None:
    some_answers(office)
    office.must("psm submit unduhan/ --receipts tanda-terima/")
    shutil.copy(next((office.root / "tanda-terima").iterdir()), office.root / "berkas.txt")


def copies_of_the_site(office: Office) -> None:
    office.must("psm publish")
    the_minutes(office)
    a_certificate(office)
    for copy in ("buku-lama", "buku-baru", "salinan-situs"):
        shutil.copytree(office.root / "var/site", office.root / copy)


def a_backup(office: Office) -> None:
    a_stick(office)
    a_certificate(office)
    office.must("psm publish")
    shutil.copytree(office.root / "var/site", office.stick / "situs")
    shutil.copytree(office.root / "var/site", office.root / "situs-terbit")
    office.must("psm backup kantor.zip")
    shutil.copy(office.root / "kantor.zip", office.stick)


def kept_checkpoint(office: Office) -> None:
    """What an officer's browser remembers, saved to a file."""
    the_minutes(office)
    shutil.copy(
        next((office.root / "var/laporan").rglob("puncak-catatan.txt")), office.root / "kantor.zip"
    )


def lessons_run_before(office: Office) -> None:
    """The modules' lessons, that is: the opening and the closing are no pages of the site."""
    kept = office.root / "var/build/_build/executed"
    shutil.copytree(office.lessons_run(), kept, dirs_exist_ok=True)


def a_demo(office: Office) -> None:
    shutil.copytree(office.root / "var", office.root / "var-demo")
    shutil.move(office.root / "var-demo", office.root / "var/demo")


# Another command, or one of the above.
Step = str | Callable[[Office], None]
ACCOUNTS: tuple[Step, ...] = (
    "psm account add siti --role petugas",
    "psm account add rini --role pelatih --cohort D26",
)
LINKED = 'psm person link D25-003 D26-017 --reason "Kartu lama dilihat"'
MERGED = 'psm person merge D26-017 D26-018 --reason "Terdaftar dua kali"'

BEFORE: Mapping[str, tuple[Step, ...]] = {
    "psm account close rini": ACCOUNTS,
    "psm account cohorts rini D26 E26": ACCOUNTS,
    "psm account password siti": ACCOUNTS,
    "psm attendance import D26 hadir.xlsx": (a_filled_sheet,),
    "psm backup /media/flashdisk/kantor.zip": (a_stick,),
    "psm certify import FOLDER": (a_signed_paper,),
    "psm cohort new D26 --start 2026-12-01": (before_anybody_came,),
    "psm cohort new L26 --course lanjutan": (a_second_course,),
    'psm cohort session D26 h2-anak --date 2026-12-09 --reason "Aula dipakai"': (a_new_cohort,),
    'psm course adopt --reason "Keputusan 12/2026"': (changed_course,),
    'psm db check --against "1:3021:9f3a 01bc 77de 2201"': (the_minutes,),
    "psm db check --against BERKAS": (kept_checkpoint,),
    "psm db check --against berita-acara.pdf": (copies_of_the_site,),
    "psm issue D26": (before_the_key, "psm keys new"),
    "psm issue D26 --again D26-017": (certificate_taken_back,),
    "psm issue D26 --dry-run": (before_the_key,),
    "psm keys new": (before_the_key,),
    "psm keys root E:/akar.kunci": (a_stick,),
    'psm keys resign KUNCI --reason "laptop kantor hilang"': (
        "psm keys compromised KUNCI",
        "psm keys new",
    ),
    'psm numbers skip 12 --reason "ditulis tangan saat listrik padam"': (before_the_key,),
    'psm numbers skip 20 --reason "Ditulis tangan saat listrik padam"': (before_the_key,),
    "psm observe D26-017 sapa 3": (a_rubric,),
    'psm person unlink D26-017 --reason "Keliru"': (LINKED,),
    'psm person merge D26-017 D26-044 --reason "Terdaftar dua kali"': (before_the_key,),
    'psm person unmerge D26-018 --reason "ternyata orang lain"': (before_the_key, MERGED),
    "psm publish --root E:/akar.kunci": (a_stick, "psm keys root E:/akar.kunci"),
    "psm restore --damaged kantor.zip": (a_backup,),
    "psm restore /media/flashdisk/kantor.zip": (a_backup,),
    "psm restore BERKAS": (a_backup,),
    "psm restore BERKAS --against FOLDER-SITUS": (a_backup,),
    "psm restore kantor.zip --against /media/flashdisk/situs --against sertifikat-siti.pdf": (
        a_backup,
    ),
    "psm restore kantor.zip --against situs-terbit": (a_backup,),
    'psm revoke --no-shows D26 --reason "Tidak hadir satu sesi pun"': (somebody_stays_away,),
    'psm revoke --no-shows D26 --reason "tidak hadir satu sesi pun"': (somebody_stays_away,),
    "psm roster import D26 peserta.xlsx": (a_new_cohort,),
    "psm roster import D26 peserta.xlsx --answer B14.orang=D25-003": (
        a_roster_with_somebody_of_d25,
    ),
    "psm roster import D26 peserta.xlsx --answer B14=lain": (a_roster_with_twins,),
    "psm roster import D26 peserta.xlsx --dry-run": (a_new_cohort,),
    'psm rules D26 --apply --reason "nomor keputusan"': (changed_course, ADOPTED),
    "psm slides 3": (lessons_run_before,),
    "psm slides 3 --pdf": (lessons_run_before,),
    "psm submit jawaban.txt": (some_answers,),
    "psm submit unduhan/ --receipts tanda-terima/": (some_answers,),
    "psm trainer --demo": (a_demo,),
    "psm verify --log buku-lama --log buku-baru": (copies_of_the_site,),
    "psm verify berkas.txt": (a_receipt,),
    "psm verify sertifikat.pdf": (a_certificate,),
}


def prepare(office: Office, command: str, done: set[Step]) -> None:
    """Do what comes before a command, and was not done for one before it."""
    for step in BEFORE.get(command, ()):
        if isinstance(step, str) and step not in done:
            office.must(step)
        elif not isinstance(step, str) and step not in done:
            step(office)
        done.add(step)
