"""The words linter: each rule fires on its mistake, and is silent on the right use, by voice."""

from __future__ import annotations

import pytest

from psm_course.checking.wording.wording import misuses
from psm_course.checking.wording.wording_rules import RULES

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
        "Telepon itu membuat rujukan terasa hangat.",
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
        "Tanda gawat tidak menunggu pagi.",
        "Bertanya kepada petugas tidak perlu menunggu yakin.",
        "Menyapa tidak perlu menunggu siapa pun.",
        "Pertolongannya tidak menunggu izin.",
        "Kekerasan lewat internet terhadap anak tidak menunggu pengaduan.",
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
        "Anda boleh bertanya walaupun belum yakin.",
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
