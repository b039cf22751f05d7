"""Flash messages: the sentence that a page shows after a form was sent and the work is done.

The address contains only the key of the message (`?kabar=…`), never a sentence or a person's name.
"""

# Everything is signed and in the register by now, but the site does not show it yet. No page has to
# be built again for that.
_PUBLISH = "jalankan psm publish, lalu unggah situs itu"
FLASH_MESSAGES = {
    "angkatan-dibuka": "Angkatan dibuka. Masukkan daftar pesertanya.",
    "sesi-diubah": "Sesi diubah. Daftar hadir, pindai kartu dan sertifikat mengikuti.",
    "tempat-disimpan": "Tempat pertemuan disimpan.",
    "tanggal-disimpan": "Tanggal tutup disimpan.",
    "angkatan-dinamai": "Nama angkatan diganti. Yang sudah terbit tetap seperti tercetak.",
    "angkatan-diarsipkan": (
        "Angkatan diarsipkan. Tidak ada yang hilang; angkatan ini ada di Angkatan, Arsip."
    ),
    "angkatan-dibuka-lagi": "Angkatan dibuka lagi.",
    "orang-dibetulkan": "Data dibetulkan. Sertifikat yang sudah terbit tetap seperti tercetak.",
    "orang-mundur": "Dicatat mengundurkan diri.",
    "orang-kembali": "Dicatat ikut lagi.",
    "orang-pindah": "Sudah pindah. Ini nomor barunya.",
    "orang-diganti": "Penggantinya terdaftar. Ini nomornya.",
    "orang-digabung": (
        "Kedua nomor digabung. Kehadiran dan jawaban keduanya dihitung untuk nomor ini."
    ),
    "orang-dipisah": (
        "Nomor ini dipisah lagi. Kehadiran dan jawaban masing-masing dihitung untuk nomornya"
        " sendiri."
    ),
    "orang-dihubungkan": "Dicatat sebagai orang yang sama.",
    "orang-dilepas": "Nomor ini tidak lagi dihubungkan dengan nomor lain.",
    "peserta-masuk": "Daftar peserta sudah masuk ke register.",
    "unggahan-dibuang": "Berkas dibuang. Register tidak berubah.",
    "hadir-disimpan": "Tanda hadir disimpan.",
    "hadir-tetap": "Tidak ada yang berubah, jadi tidak ada yang disimpan.",
    "lembar-masuk": "Lembar hadir sudah masuk ke register.",
    "jawaban-diputuskan": "Keputusan disimpan.",
    "karantina-dikosongkan": "Yang dipilih sudah dibuang dari karantina.",
    "dinilai-ulang": "Kuis sudah dinilai ulang, dan ketetapannya disimpan.",
    "syarat-ditetapkan": "Syarat ditetapkan untuk angkatan ini.",
    "ketetapan-disimpan": "Keputusan tentang syarat ini disimpan.",
    "pengamatan-disimpan": "Pengamatan dicatat.",
    "sertifikat-terbit": (
        "Sertifikat terbit, dan PDF-nya siap dicetak dari halaman ini. Agar orang lain dapat"
        f" memeriksanya, {_PUBLISH}."
    ),
    "sertifikat-diganti": (
        f"Ini penggantinya. Agar kode di sertifikat lama menjawab: diganti, {_PUBLISH}."
    ),
    "sertifikat-dicabut": f"Sertifikat dicabut. Agar kodenya menjawab: dicabut, {_PUBLISH}.",
    "tidak-hadir-dicabut": (
        f"Sertifikat milik yang tidak hadir dicabut. Agar kodenya menjawab: dicabut, {_PUBLISH}."
    ),
    "nomor-dilewati": "Nomor itu dilewati, dengan catatan.",
    "cetak-ulang": "Dicatat sebagai cetak ulang. PDF-nya siap diunduh.",
    "cetak-siap": "Berkas cetak siap diunduh.",
    "cadangan-dibuat": "Cadangan dibuat. Simpan juga satu salinan di luar laptop ini.",
    "keluar": "Anda sudah keluar.",
}
