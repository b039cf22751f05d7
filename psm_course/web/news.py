"""What a page says after something was done. The address names the sentence; it never carries one, nor a name."""

# Everything is signed and in the register by now; what is missing is that the site shows it. No page has to be built anew for that.
_PUBLISH = "jalankan psm keys publish, lalu unggah situs itu"
NEWS = {
    "angkatan-dibuka": "Angkatan dibuka. Masukkan daftar pesertanya.",
    "tanggal-disimpan": "Tanggal tutup disimpan.",
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
    "sertifikat-terbit": f"Sertifikat terbit, dan PDF-nya siap dicetak dari halaman ini. Agar orang lain dapat memeriksanya, {_PUBLISH}.",
    "sertifikat-diganti": f"Ini penggantinya. Agar kode di sertifikat lama menjawab: diganti, {_PUBLISH}.",
    "sertifikat-dicabut": f"Sertifikat dicabut. Agar kodenya menjawab: dicabut, {_PUBLISH}.",
    "tidak-hadir-dicabut": f"Sertifikat milik yang tidak hadir dicabut. Agar kodenya menjawab: dicabut, {_PUBLISH}.",
    "nomor-dilewati": "Nomor itu dilewati, dengan catatan.",
    "cetak-ulang": "Dicatat sebagai cetak ulang. PDF-nya siap diunduh.",
    "cetak-siap": "Berkas cetak siap diunduh.",
    "keluar": "Anda sudah keluar.",
}
