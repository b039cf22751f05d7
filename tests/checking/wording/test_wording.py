"""The words linter: each rule fires on its mistake and is silent on the right use, in the voice
that says it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from psm_course.checking.check import check_course, check_quiz
from psm_course.checking.wording.wording import misuses
from psm_course.checking.wording.wording_rules import RULES
from tests.builders import a_course, a_notebook, code_cell, edit, markdown_cell, write

TODAY = date(2026, 11, 24)

# By rule: texts that break it.
FIRES = {
    "pekerja sosial": [
        "Mintalah pekerja sosial di RW Anda mendata warga.",
        'Bu Rini berkata, "Ada pekerja sosial di sini."',
    ],
    "PSM sebagai pekerja sosial": [
        "Sebagai pekerja sosial, seorang PSM menyapa warga.",
        '"Saya pekerja sosial kelurahan ini," kata PSM itu.',
        "Kita para pekerja sosial sukarela (PSM) bekerja tanpa upah.",
    ],
    "cacat": ["Penyandang cacat berhak ikut.", "Anaknya cacat sejak lahir.", "Catat kecacatannya."],
    "orang gila": ["Ada orang gila di pasar.", "Ia sakit gila."],
    "gepeng": ["Gepeng dijaring petugas.", "Razia PSK di jalan raya."],
    "orang normal": ["Perlakukan seperti orang normal."],
    "ancaman penjara": [
        "Ia diancam penjara paling lama lima tahun.",
        'Katakan: "Pelanggar dipidana penjara 15 (lima belas) tahun."',
        "Hukumannya 3 tahun penjara.",
        "Pelanggarnya dipenjara lima tahun.",
    ],
    "denda": [
        "Pelanggar kena denda paling banyak Rp 100.000.000.",
        "Ia didenda 60 juta.",
        "Dendanya Rp100 juta.",
    ],
    "DTKS": ["Daftarkan warga ke DTKS.", 'Jawab, "Ibu masuk DTKS saja."'],
    "ajakan damai": [
        "Sebaiknya keluarga berdamai dulu.",
        "Ajak kedua pihak berdamai.",
        "Selesaikan secara kekeluargaan.",
        "Perkara ini bisa diselesaikan secara kekeluargaan.",
        "Ini bukan urusan warga. Sebaiknya keluarga berdamai. Jangan bercerita.",
    ],
    "korban dicabuli": ["Anak itu dicabuli tetangganya.", "Korban diperkosa dua kali."],
    "pelaku": ["Tegur pelaku malam itu juga.", "Pelakunya tetangga sendiri."],
    "wajib lapor 1 x 24 jam": [
        "PSM wajib lapor 1x24 jam.",
        "Dalam 1 × 24 jam warga wajib melapor.",
        "Jangan menunggu. Warga wajib lapor 1x24 jam.",
    ],
    "BSrE": [
        "Sertifikat ini ditandatangani BSrE.",
        "Memakai tanda tangan elektronik tersertifikasi.",
    ],
    "TePSA": ["Hubungi TePSA.", 'Katakan, "Telepon 1500-771."'],
    "nama pejabat": [
        "Menurut Kepala Dinas Sosial Kota Depok, Budi Santoso, PSM relawan.",
        "Camat Siti Aminah hadir.",
    ],
    "materi berat": [
        "**Isi peka.** Pelajaran ini menyebut kekerasan.",
        "Catatan isi: tentang kelelahan.",
    ],
    "telantar": [
        "Orang terlantar di jalan.",
        "Nenek itu diterlantarkan.",
        "Keterlantaran itu dicatat.",
    ],
    "catatan pelatih": ["Untuk pelatih: 35 menit"],
    "anggapan keliru": ["Gagasan keliru yang biasa muncul.", "Pikiran keliru: PSM menetapkan."],
    "rujukan hangat": [
        "Rujukan hangat dimulai dengan telepon.",
        "Itu rujukan dingin.",
        "Lakukan serah terima yang hangat.",
    ],
    "ke lapangan": ["Siapa teman turun Anda?", "Malam hari, turun berdua."],
    "PSM dijelaskan kepada PSM": [
        "Bu Rini, PSM (Pekerja Sosial Masyarakat), menumpuk kursi.",
        "Bu Rini, Pekerja Sosial Masyarakat (PSM) Kelurahan M, kembali.",
        "Bu Rini baru seminggu menjadi PSM (Pekerja Sosial Masyarakat).",
    ],
    "singkatan di dalam kurung": [
        "Anak belum 18 tahun (UU, undang-undang, 35/2014).",
        "Tanyakan kepada Dinsos, Dinas Sosial.",
    ],
    "menunggu konfirmasi": [
        "Panduan kursus ini, menunggu konfirmasi Dinsos.",
        "Kompas, 2019 (halaman belum ditemukan kembali).",
    ],
    "hati berat": ["Bila hati berat, teleponlah.", "Pesan untuk hati yang berat."],
    "bahaya tidak menunggu": [
        "Kesehatan anak tidak menunggu surat.",
        "Tiga jawabannya ya, tetapi bahaya menang.",
    ],
    "potongan kalimat": ["Jam siapa ini?", "Lepas cerita. Lalu pulang."],
    "inisial": ["Bu T menggoreng tempe.", 'Kata Pak J, "Saya cerita."'],
}
# By rule: texts in which the same words are right.
SILENT = {
    "pekerja sosial": [
        "Pekerja Sosial Masyarakat adalah relawan.",
        "Pekerja Sosial bersertifikat menilai keadaan warga.",
        "PSM menyapa; Pekerja Sosial menilai.",
        "Pertolongan Pekerja Sosial berjalan lima langkah (UU 14/2019 Pasal 16).",
        "Pekerjaan sosial punya prinsip.",
    ],
    "PSM sebagai pekerja sosial": [
        "PSM bukan pekerja sosial; jangan mengaku sebagai pekerja sosial.",
        "Relawan diakui sebagai Pekerja Sosial sesudah lulus uji kompetensi.",
        "Saya Pekerja Sosial Masyarakat.",
    ],
    "cacat": [
        'Jangan menulis "penyandang cacat".',
        "Putusan itu cacat hukum.",
        "Dulu UU 4/1997 memakai kata cacat.",
    ],
    "orang gila": ['Tetangga berteriak, "Ada orang gila!"', "Harga yang tidak masuk akal."],
    "gepeng": ['Kata "gepeng" menyakitkan.', "PSKS ada dua belas."],
    "orang normal": ["Suhu tubuhnya normal."],
    "ancaman penjara": [
        "Perbuatan itu dilarang (UU 12/2022 Pasal 19).",
        "Ia sudah lima tahun tinggal di sini. Penjara bukan urusan kita.",
    ],
    "denda": ["Tidak ada denda bagi warga yang terlambat.", "Bayar 50 ribu."],
    "DTKS": ["Dulu namanya DTKS.", "DTSEN menggantikan DTKS.", "Isi DTSEN antara lain DTKS."],
    "ajakan damai": [
        "Jangan mengajak keluarga berdamai.",
        "Perkara ini tidak boleh diselesaikan secara kekeluargaan.",
        'Pak RT berkata, "Sebaiknya kita berdamai saja."',
        "Tolak surat damai itu.",
    ],
    "korban dicabuli": ['Jangan menulis "dicabuli".', "Anak korban mengalami kekerasan seksual."],
    "pelaku": [
        "Jangan menegur terduga pelaku.",
        "Pasal 23 mengecualikan pelaku anak.",
        "Jodohkan pekerjaan dengan pelakunya.",
        "Pelaku usaha kecil berjualan.",
    ],
    "wajib lapor 1 x 24 jam": [
        "Polisi memberi perlindungan sementara dalam 1 x 24 jam.",
        "Tidak ada aturan wajib lapor 1x24 jam bagi warga.",
        "Lapor hari itu juga.",
    ],
    "BSrE": [
        "Tanda tangan ini bukan tanda tangan elektronik tersertifikasi.",
        "PDF ini dapat ditandatangani BSrE kemudian.",
    ],
    "TePSA": ["Hubungi SAPA 129.", "Pukul 15.00 ada 771 orang."],
    "nama pejabat": [
        "Kepala Dinas Sosial Kota Depok menetapkan syaratnya.",
        "Lurah dan Camat hadir.",
        "Menteri Sosial mengatur pendataan.",
    ],
    "materi berat": [
        "**Materi berat.** Pelajaran ini menyebut kekerasan.",
        "PSM peka terhadap lingkungannya.",
    ],
    "telantar": [
        "Anak balita terlantar dan anak terlantar.",
        "Lansia telantar; penelantaran; ditelantarkan.",
    ],
    "catatan pelatih": ["Catatan pelatih: 35 menit", "Panduan untuk pelatih."],
    "anggapan keliru": ["Anggapan keliru yang biasa muncul."],
    "rujukan hangat": ["Merujuk sambil menemani.", "Menolak dengan hangat."],
    "ke lapangan": ["Siapa teman Anda ke lapangan?", "Hujan turun deras."],
    "PSM dijelaskan kepada PSM": [
        "Bu Rini, PSM di Kelurahan M, menumpuk kursi.",
        "Pekerja Sosial Masyarakat (PSM) adalah relawan.",
    ],
    "singkatan di dalam kurung": ["Tanyakan kepada Dinas Sosial (Dinsos).", "Permensos 10/2019."],
    "menunggu konfirmasi": ["Sambil menunggu petugas, temani ibunya."],
    "hati berat": ["Ia menolak dengan berat hati."],
    "bahaya tidak menunggu": [
        "Anda tidak menunggu izin.",
        "Dalam bahaya langsung, telepon darurat didahulukan.",
    ],
    "potongan kalimat": ["Beri kabar pukul sembilan.", "Siapa yang menangani?"],
    "inisial": ["Bu Titin menggoreng tempe.", "Anak D bercerita.", "Pak RT mengangguk."],
}


def broken(text: str, voice: str = "ours") -> list[str]:
    return [rule.name for rule, _ in misuses(text, voice=voice)]  # type: ignore[arg-type]


def test_every_rule_has_both_kinds_of_example() -> None:
    names = [rule.name for rule in RULES]

    assert list(FIRES) == list(SILENT) == names


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in FIRES.items() for text in texts]
)
def test_rule_fires(rule: str, text: str) -> None:
    assert rule in broken(text)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in SILENT.items() for text in texts]
)
def test_rule_is_silent(rule: str, text: str) -> None:
    assert broken(text) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_wrong_choice_may_hold_what_people_say_but_not_what_is_never_printed(
    rule: object,
) -> None:
    text = FIRES[rule.name][0]  # type: ignore[attr-defined]

    assert (rule.name in broken(text, "mistake")) is rule.everywhere  # type: ignore[attr-defined]


# ---- where it is looked for, and how it is said --------------------------------------------------


def wording(root: Path) -> list[str]:
    return [str(problem) for problem in check_course(root, TODAY).problems]


def test_page_is_blamed_at_its_line_and_column(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(
        root,
        "modules/01-menyapa/index.md",
        "\nBaca",
        "\nSapa semua warga,\ntermasuk **penyandang cacat** di RW Anda.\n\nBaca",
    )

    assert wording(root) == [
        (
            'modules/01-menyapa/index.md:12:12: "penyandang cacat": merendahkan orangnya - tulis'
            ' "penyandang disabilitas", atau nama ragamnya, misalnya "Tuli" atau'
            ' "pengguna kursi roda"; ucapan orang ditulis di antara tanda kutip'
        )
    ]


def test_lesson_is_blamed_at_the_line_of_the_notebook_file(tmp_path: Path) -> None:
    """In Markdown, in the tables of code cells and in cells for trainers; what an import cell holds
    nobody reads.
    """
    root = a_course(tmp_path)
    cells = [
        markdown_cell("judul", "# Menyapa"),
        markdown_cell("isi", ["Satu.\n", "\n", "Ada orang gila."], "trainer"),
        code_cell("impor", ["x = 'orang gila di sini'"], "remove-cell"),
        code_cell("tabel", ["tabel(\n", "    'Siapa',\n", "    [['Ada orang gila']],\n", ")"]),
    ]
    notebook = a_notebook(*cells)
    write(root, "modules/01-menyapa/01-salam.ipynb", notebook)
    lines = [
        f"{number}:{line.index('orang gila') + 1}"
        for number, line in enumerate(notebook.splitlines(), 1)
        if "Ada orang gila" in line
    ]

    assert [":".join(problem.split(":")[1:3]) for problem in wording(root)] == lines
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("path", "old", "new", "where"),
    [
        (
            "modules/01-menyapa/index.md",
            "text: Menyapa warga",
            "text: Menyapa orang gila",
            'tujuan "sapa-warga", text',
        ),
        ("modules/bantuan.yml", "when: Kejahatan", "when: Orang gila", 'nomor "polri", when'),
        (
            "modules/course.yml",
            "title: Pembukaan}",
            "title: Orang gila}",
            'sesi "pembukaan", title',
        ),
        ("quizzes/tes-akhir.yml", "title: Tes", "title: Tes orang gila", "title"),
        (
            "quizzes/tes-akhir.yml",
            "prompt: Apa",
            "prompt: Kepada orang gila, apa",
            'butir "salam", prompt',
        ),
        (
            "quizzes/tes-akhir.yml",
            "text: Salam",
            "text: Kepada orang gila salam",
            'butir "salam", pilihan "a", text',
        ),
        (
            "quizzes/tes-akhir.yml",
            "explanation: Warga",
            "explanation: Orang gila",
            'butir "salam", explanation',
        ),
    ],
)
def test_objectives_data_files_and_quizzes_are_read_too(
    tmp_path: Path, path: str, old: str, new: str, where: str
) -> None:
    root = a_course(tmp_path)
    edit(root, path, old, new)

    (problem,) = check_course(root, TODAY).problems

    assert (problem.file, problem.where, problem.severity) == (path, where, "error")


def test_wrong_choice_in_a_quiz_may_say_it(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(
        root,
        "quizzes/tes-akhir.yml",
        "text: Perintah}",
        "text: Ada orang gila, feedback: Orang gila bukan sebutan.}",
    )

    assert wording(root) == []


CASE = """\
id: kasus
title: Kasus
use: practice
items:
  - id: kasus
    type: case
    steps:
      - id: satu
        prompt: Apa yang Anda tulis?
        choices:
          - {{id: a, text: "{good}", credit: 0.5, next: end}}
          - {{id: b, text: "{bad}", credit: 0.25, next: end}}
    explanation: Sebut orangnya dengan hormat.
    source: Panduan kursus
"""


def test_of_a_case_the_acceptable_ways_are_ours_and_the_others_mistakes(tmp_path: Path) -> None:
    good = write(tmp_path, "baik.yml", CASE.format(good="Seorang bapak", bad="Orang gila"))
    bad = write(tmp_path, "buruk.yml", CASE.format(good="Orang gila", bad="Seorang bapak"))

    assert check_quiz(good, TODAY).problems == ()
    assert [problem.where for problem in check_quiz(bad, TODAY).problems] == [
        'butir "kasus", langkah "satu", pilihan "a", text'
    ]


def test_texts_of_an_item_are_read_together(tmp_path: Path) -> None:
    """A question about the old name is right when its key or explanation says what replaced it."""
    root = a_course(tmp_path)
    edit(
        root,
        "quizzes/tes-akhir.yml",
        "prompt: Apa",
        "prompt: Kertas Pak Haris bertuliskan DTKS. Apa",
    )
    assert len(wording(root)) == 1

    edit(
        root,
        "quizzes/tes-akhir.yml",
        "explanation: Warga",
        "explanation: Namanya kini DTSEN. Warga",
    )
    assert wording(root) == []


def test_wrong_choice_excuses_nothing(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "quizzes/tes-akhir.yml", "prompt: Apa", "prompt: Daftarkan ke DTKS. Apa")
    edit(root, "quizzes/tes-akhir.yml", "text: Perintah", "text: DTSEN")

    assert len(wording(root)) == 1


def test_cells_of_a_table_excuse_each_other_and_a_heading_leans_on_its_paragraph(
    tmp_path: Path,
) -> None:
    root = a_course(tmp_path)
    table = (
        "# DTKS\n\nKini namanya DTSEN.\n\n| Bagian PSM | Bagian Pekerja Sosial |\n|---|---|\n|"
        " Menyapa warga | Menilai keadaan |\n"
    )
    write(root, "book/isi.md", table)

    assert wording(root) == []


def test_block_quote_is_somebody_elses_voice(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(root, "book/isi.md", "# Isi\n\n> Pelaku melarikan diri ke orang gila itu.\n")

    assert wording(root) == []


def test_pages_for_programmers_are_not_read(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(root, "book/maintaining/words.md", "# Words\n\nNot penyandang cacat, DTKS, or BSrE.\n")

    assert wording(root) == []
