"""What the audit log's words are called on a page. One that is not here is shown as it stands in the log."""

from psm_course.domain.register import OUTCOMES
from psm_course.registrar.answers.holding import NOTES, sentence_of

VERBS = {
    "cohort opened": "Angkatan dibuka",
    "closing set": "Tanggal tutup diatur",
    "roster imported": "Daftar peserta dimasukkan",
    "attendance marked": "Tanda hadir dicatat",
    "card scanned": "Kartu dipindai",
    "submission recorded": "Jawaban diterima dan dihitung",
    "submission held": "Jawaban ditahan",
    "submission accepted": "Jawaban yang ditahan jadi dihitung",
    "submission refused": "Jawaban yang ditahan ditolak",
    "quiz regraded": "Kuis dinilai ulang",
    "rules adopted": "Syarat ditetapkan",
    "requirement overridden": "Petugas menetapkan satu syarat",
    "observed": "Pengamatan pelatih dicatat",
    "cards printed": "Kartu peserta dicetak",
    "card renewed": "Kartu peserta diganti",
    "card secret made": "Rahasia kartu dibuat",
    "laptop sitting opened": "Tes dibuka di laptop kantor",
    "quarantine purged": "Karantina dikosongkan",
    "record superseded": "Sertifikat diganti",
    "record revoked": "Sertifikat dicabut",
    "record reprinted": "Sertifikat dicetak ulang",
    "record printed": "Sertifikat dicetak",
    "record resigned": "Sertifikat ditandatangani ulang",
    "record handed over": "Sertifikat diserahkan untuk TTE",
    "record certified": "Sertifikat ber-TTE disimpan",
    "numbers skipped": "Nomor dilewati",
    "key made": "Kunci dibuat",
    "key rotated": "Kunci diganti",
    "key retired": "Kunci tidak dipakai lagi",
    "key compromised": "Kunci dicoret",
    "status published": "Daftar status diterbitkan",
    "report made": "Berita acara dibuat",
    "person exported": "Data seseorang dikeluarkan",
    "person erased": "Data seseorang dihapus",
    "record issued": "Sertifikat diterbitkan",
    "account added": "Akun dibuat",
    "account closed": "Akun ditutup",
    "account opened": "Akun dibuka lagi",
    "account's cohorts changed": "Angkatan pelatih diubah",
    "password changed": "Kata sandi diganti",
    "signed in": "Masuk",
    "signed out": "Keluar",
}

# What stands beside a verb: its name, and where the value is a word of ours, that word.
DETAILS = {
    "added": "baru",
    "attempts": "pengerjaan",
    "before": "sebelumnya",
    "by": "oleh",
    "cards": "kartu",
    "changed": "berubah",
    "closes_at": "tutup",
    "cohorts": "angkatan",
    "corrected": "dibetulkan",
    "criterion": "kriteria",
    "disregard_items": "butir tidak dihitung",
    "first": "dari",
    "full_items": "butir bernilai penuh",
    "gaining": "bertambah",
    "held": "karena",
    "kind": "jenis",
    "last": "sampai",
    "level": "tingkat",
    "losing": "berkurang",
    "manifest": "sidik",
    "marks": "tanda",
    "met": "terpenuhi",
    "none_items": "ketetapan butir dicabut",
    "notes": "catatan",
    "participant": "peserta",
    "presence": "keadaan",
    "quiz": "kuis",
    "reason": "alasan",
    "record": "sertifikat",
    "records": "sertifikat",
    "requirement": "syarat",
    "role": "peran",
    "rules": "syarat",
    "serial": "kartu ke-",
    "session": "sesi",
}
_VALUES: dict[str, str] = {
    "attended": OUTCOMES["attended"],
    "passed": OUTCOMES["passed"],
    "present": "hadir",
    "late": "terlambat",
    "excused": "izin",
    "absent": "tidak hadir",
    "True": "ya",
    "False": "tidak",
    "None": "–",
}


def detail(name: str, value: object) -> str:
    """`kuis tes-akhir`; codes of held hand-ins and of notes become sentences."""
    written = str(value)
    if name == "held":
        written = sentence_of(written)
    if name == "notes":
        written = "; ".join(NOTES.get(code, code) for code in written.split())
    return f"{DETAILS.get(name, name)} {_VALUES.get(written, written)}"
