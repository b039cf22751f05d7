"""What the audit log's words are called on a page. A verb that is not here is shown as it stands in the log."""

VERBS = {
    "cohort opened": "Angkatan dibuka",
    "closing set": "Tanggal tutup diatur",
    "roster imported": "Daftar peserta dimasukkan",
    "attendance marked": "Tanda hadir dicatat",
    "card scanned": "Kartu dipindai",
    "submission recorded": "Jawaban diterima dan dihitung",
    "submission held": "Jawaban ditahan",
    "record issued": "Sertifikat diterbitkan",
    "account added": "Akun dibuat",
    "account closed": "Akun ditutup",
    "account opened": "Akun dibuka lagi",
    "account's cohorts changed": "Angkatan pelatih diubah",
    "password changed": "Kata sandi diganti",
    "signed in": "Masuk",
    "signed out": "Keluar",
}
