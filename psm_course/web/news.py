"""What a page says after something was done. The address names the sentence; it never carries one, nor a name."""

NEWS = {
    "angkatan-dibuka": "Angkatan dibuka. Masukkan daftar pesertanya.",
    "tanggal-disimpan": "Tanggal tutup disimpan.",
    "peserta-masuk": "Daftar peserta sudah masuk ke register.",
    "unggahan-dibuang": "Berkas dibuang. Register tidak berubah.",
    "hadir-disimpan": "Tanda hadir disimpan.",
    "hadir-tetap": "Tidak ada yang berubah, jadi tidak ada yang disimpan.",
    "lembar-masuk": "Lembar hadir sudah masuk ke register.",
    "jawaban-diputuskan": "Keputusan disimpan.",
    "dinilai-ulang": "Kuis sudah dinilai ulang, dan ketetapannya disimpan.",
    "syarat-ditetapkan": "Syarat ditetapkan untuk angkatan ini.",
    "ketetapan-disimpan": "Keputusan tentang syarat ini disimpan.",
    "pengamatan-disimpan": "Pengamatan dicatat.",
    "sertifikat-terbit": "Sertifikat terbit dan sudah dicetak ke PDF. Agar orang lain dapat memeriksanya, terbitkan situs lagi: psm build.",
    "sertifikat-diganti": "Ini penggantinya. Kode di sertifikat lama menjawab: diganti, sesudah situs terbit lagi (psm build).",
    "sertifikat-dicabut": "Sertifikat dicabut. Kodenya menjawab: dicabut, sesudah situs terbit lagi (psm build).",
    "cetak-ulang": "Dicatat sebagai cetak ulang. PDF-nya siap diunduh.",
    "cetak-siap": "Berkas cetak siap diunduh.",
    "keluar": "Anda sudah keluar.",
}
