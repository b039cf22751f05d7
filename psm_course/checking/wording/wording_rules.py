"""Words the course does not use in its own voice, with the reason and a better word.

To add a rule, add a `Rule` to `RULES`, and its two tests.

`pattern` finds the words (capitals matter only if the rule has `case_counts`). `unless` finds other
words that show that the use is right. These other words must be in the same paragraph, table or
quiz text. If the rule is `near`, they must be in the same sentence: a "bukan" (not) in one sentence
does not make wrong advice in another sentence right.

Speech in quotation marks or in a block quote is allowed, except if a rule is not `quotable`. The
wrong choices of a quiz are allowed too, except if a rule holds `everywhere`.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from psm_course.authoring.problems import Severity, shorten


@dataclass(frozen=True)
class Rule:
    """One rule: words that the course does not use, with the reason and a better word for authors.

    `name` is the name by which tests find the rule. The beginning of this file explains the other
    attributes.
    """

    name: str
    pattern: str
    reason: str
    better: str
    unless: str = ""
    near: bool = False
    quotable: bool = True
    everywhere: bool = False
    case_counts: bool = False
    severity: Severity = "error"

    @cached_property
    def words(self) -> re.Pattern[str]:
        """The compiled `pattern`, which finds the words that the course does not use."""
        return re.compile(self.pattern, 0 if self.case_counts else re.IGNORECASE)

    @cached_property
    def excuses(self) -> re.Pattern[str] | None:
        """The compiled pattern of words that show that a use is right; None without such words."""
        return re.compile(self.unless, re.IGNORECASE) if self.unless else None

    @property
    def hint(self) -> str:
        """The end of the message to an author whose text breaks the rule: the better words."""
        quoting = "; ucapan orang ditulis di antara tanda kutip" if self.quotable else ""
        return f"tulis {self.better}{quoting}"

    def message(self, found: str) -> str:
        """Return the message about the words `found`, which break this rule."""
        return f'"{shorten(found)}": {self.reason}'


_SOME_NUMBER = (
    r"(?:\d+|(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)(?: belas| puluh)?"
    r"|sepuluh|sebelas)"
)
_NEGATED = r"\b(?:tidak|tak|tanpa|jangan|bukan|belum|dilarang|menolak|tolak|hindari|keliru|salah)\b"
_OFFICE = (
    r"Kepala (?:Dinas|Bidang|Seksi|Kantor)|Kadis|Kadinsos|Kabid"
    r"|Wali ?[Kk]ota|Bupati|Gubernur|Menteri|Mensos|Camat|Lurah"
)
_NOT_A_NAME = (
    r"(?:Dinas|Sosial|(?:Kota|Kabupaten|Provinsi)(?: [A-Z][a-z]+)?"
    r"|Jawa|Barat|Jabar|Republik|Indonesia|Kelurahan|Kecamatan|Kesehatan|Bidang|Seksi|Kantor"
    r"|Pemberdayaan|Perlindungan|Perempuan|Anak|Rehabilitasi|Jaminan|Dalam|Negeri|PPPA|RI"
    r"|Nomor|No|Tahun|Wali|Wakil|Dan|Hukum|Agama)\b"
)

RULES = (
    Rule(
        "pekerja sosial",
        r"\bpekerja sosial\b(?! masyarakat)",
        "nama profesi bersertifikat (UU 14/2019), bukan nama PSM",
        '"Pekerja Sosial Masyarakat" atau "PSM"; bila profesinya yang dimaksud, sebutkan'
        ' "bersertifikat"',
        unless=(
            r"\bPSM\b|pekerja sosial masyarakat|relawan|sertifikat|profesi|kompetensi|izin"
            r" praktik|registrasi|UU 14/2019|Pasal"
            r"|psikolog|advokat|pembimbing kemasyarakatan"
        ),
        quotable=False,
    ),
    Rule(
        "PSM sebagai pekerja sosial",
        r"\b(?:sebagai|selaku|kami|kita|saya|anda)(?: adalah| ini| seorang| para)* pekerja sosial\b"
        r"(?! (?:masyarakat|bersertifikat|profesional))",
        "PSM bukan Pekerja Sosial, yang bersertifikat (UU 14/2019)",
        '"PSM" atau "Pekerja Sosial Masyarakat"',
        unless=r"sertifikat|uji kompetensi|\bbukan\b|\bjangan\b|tidak (?:boleh|menyebut|mengaku)",
        near=True,
        quotable=False,
    ),
    Rule(
        "cacat",
        r"\bpenyandang cacat\b|\b(?:cacat|kecacatan)(?:nya)?\b(?! (?:hukum|formil|prosedur))",
        "merendahkan orangnya",
        '"penyandang disabilitas", atau nama ragamnya, misalnya "Tuli" atau "pengguna kursi roda"',
        unless=r"UU 4/1997",
    ),
    Rule(
        "orang gila",
        r"\b(?:orang|sakit|si) gila\b",
        "merendahkan orangnya",
        '"orang dengan gangguan jiwa (ODGJ)"',
    ),
    Rule(
        "gepeng",
        r"\bgepeng\b|\bPSK\b|\bWTS\b|\bpelacur\w*|\btuna ?wisma\b",
        "cap, bukan sebutan orang",
        "keadaannya, atau nama resmi jenisnya bila mencatat dugaan",
    ),
    Rule(
        "orang normal",
        r"\b(?:orang|anak|warga|manusia) normal\b",
        "seolah penyandang disabilitas tidak normal",
        '"orang tanpa disabilitas"',
    ),
    Rule(
        "ancaman penjara",
        r"\b(?:(?:di)?penjara(?:kan)?|kurungan|dipidana|dihukum)\b"
        rf"[^.\n]{{0,40}}?\b{_SOME_NUMBER}\b[^.\n]{{0,20}}\b(?:tahun|bulan)\b"
        rf"|\b{_SOME_NUMBER} (?:tahun|bulan) (?:penjara|kurungan)\b",
        "ancaman pidana berubah sejak KUHP baru (UU 1/2023, UU 1/2026) dan bukan yang diajarkan",
        "apa yang dilarang dan apa yang dikerjakan PSM, tanpa lamanya hukuman",
        quotable=False,
        everywhere=True,
    ),
    Rule(
        "denda",
        r"\b(?:di)?denda(?:nya)?\b[^.\n]{0,30}?(?:\bRp\b|\d|\bjuta\b|\bmiliar\b)",
        "besar denda berubah sejak KUHP baru (UU 1/2023, UU 1/2026) dan bukan yang diajarkan",
        "apa yang dilarang, tanpa besar dendanya",
        quotable=False,
        everywhere=True,
    ),
    Rule(
        "DTKS",
        r"\bDTKS\b",
        "sudah digantikan DTSEN (Inpres 4/2025)",
        '"DTSEN"; bila bercerita tentang dulu, sebutkan bahwa DTSEN menggantikannya',
        unless=r"DTSEN|(?<!lebih )\bdulu\b|dahulu|riwayat|sebelumnya|tidak lagi|diganti",
        quotable=False,
    ),
    Rule(
        "ajakan damai",
        r"\b(?:sebaiknya|lebih baik|ajak(?:lah)?|anjurkan|sarankan|bantu(?:lah)?|silakan"
        r"|usahakan|upayakan|cobalah|dapat|bisa|boleh|perlu)"
        r"(?: \w+){0,5}? (?:damai|berdamai|mendamaikan|didamaikan|kekeluargaan)\b"
        r"|\b(?:damaikan(?:lah)?|selesaikan(?:lah)?(?: \w+){0,4} (?:damai|kekeluargaan))\b",
        "PSM tidak mendamaikan kekerasan; kekerasan seksual tidak diselesaikan di luar peradilan"
        " (UU 12/2022 Pasal 23)",
        "lapor hari itu juga, lalu temani korbannya",
        unless=_NEGATED,
        near=True,
    ),
    Rule(
        "korban dicabuli",
        r"\b(?:dicabuli|disetubuhi|digagahi|dinodai|ternoda|diperkosa|digerayangi"
        r"|mencabuli|menyetubuhi)\b",
        "menggambarkan perbuatannya dan mempermalukan korbannya",
        '"anak korban", "penyintas", atau "mengalami kekerasan seksual"',
    ),
    Rule(
        "pelaku",
        r"(?<!terduga )\bpelaku(?:nya)?\b(?! (?:usaha|ekonomi))",
        "belum ada putusan pengadilan",
        '"terduga pelaku"',
        unless=r"Pasal|putusan|jodohkan|pelaku anak|pelaku (?:perkosaan|tindak pidana)",
        severity="warning",
    ),
    Rule(
        "wajib lapor 1 x 24 jam",
        r"\bwajib (?:me)?lapor\w*[^.\n]{0,60}?\b(?:1|satu) ?[x×] ?24|\b(?:1|satu) ?[x×] ?24"
        r" jam[^.\n]{0,60}?\bwajib (?:me)?lapor",
        "tidak ada pasal yang mewajibkan warga demikian",
        '"lapor hari itu juga (panduan kursus ini)"; jam itu milik polisi dan lembaga',
        unless=_NEGATED,
        near=True,
    ),
    Rule(
        "BSrE",
        r"\bBSrE\b|\btanda ?tangan elektronik tersertifikasi\b",
        "tanda tangan kita bukan tanda tangan elektronik tersertifikasi",
        '"ditandatangani kunci penyelenggara", atau hapus',
        unless=r"\b(?:bukan|belum|tidak|sesudahnya|kemudian)\b",
        near=True,
        everywhere=True,
    ),
    Rule(
        "TePSA",
        r"\bTePSA\b|\b1500[-\s.]?771\b",
        "layanan ini tidak dapat dipastikan",
        "layanan yang ada di kotak Nomor bantuan",
        quotable=False,
        everywhere=True,
    ),
    Rule(
        "nama pejabat",
        rf"\b(?:{_OFFICE})(?: (?:{_NOT_A_NAME}|&|dan))*,?"
        r" (?:(?:Bapak|Ibu|Pak|Bu|H\.|Hj\.|Dr\.|dr\.) )*"
        rf"(?!{_NOT_A_NAME})[A-Z][a-z’']+ (?!{_NOT_A_NAME})[A-Z][a-z’']+",
        "tampaknya nama seorang pejabat; pejabat berganti, isi kursus tinggal",
        "jabatannya saja",
        quotable=False,
        everywhere=True,
        case_counts=True,
        severity="warning",
    ),
    # ---- how this course says things (issue 16: a reading of the whole course) ----
    Rule(
        "materi berat",
        r"\b(?:isi peka|catatan isi)\b",
        "terjemahan yang tidak dipakai orang",
        '"Materi berat"',
        everywhere=True,
    ),
    Rule(
        "telantar",
        r"(?<!\banak )(?<!\bbalita )(?<!-)\bterlantar\b|\b(?:diter|mener|keter|pener)lantar\w*",
        "ejaan baku: telantar; hanya nama jenis yang tetap (anak balita terlantar, anak terlantar)",
        '"telantar", "ditelantarkan", "penelantaran"',
    ),
    Rule(
        "catatan pelatih",
        r"\buntuk pelatih:",
        "satu hal, satu sebutan",
        '"Catatan pelatih: …"',
    ),
    Rule(
        "anggapan keliru",
        r"\b(?:gagasan|pikiran) keliru\b",
        "satu hal, satu sebutan",
        '"anggapan keliru"',
    ),
    Rule(
        "rujukan hangat",
        r"\b(?:rujukan|serah terima)(?: \w+){0,2} (?:hangat|dingin)\b",
        "istilah buatan yang perlu dijelaskan dulu",
        '"merujuk sambil menemani", atau apa yang dikerjakan',
        quotable=False,
    ),
    Rule(
        "ke lapangan",
        r"\bteman turun\b|\bturun (?:sendirian|berdua|bersama\w*)\b",
        "tidak jelas turun dari mana",
        '"teman ke lapangan", "ke lapangan berdua"',
        quotable=False,
    ),
    Rule(
        "PSM dijelaskan kepada PSM",
        r"\b(?:Bu|Pak) \w+(?:, \d+ tahun)?,? (?:\w+ ){0,3}(?:PSM \(Pekerja Sosial"
        r" Masyarakat\)|Pekerja Sosial Masyarakat \(PSM\))",
        "yang membaca adalah PSM",
        '"PSM"',
        case_counts=True,
    ),
    Rule(
        "singkatan di dalam kurung",
        r"\(UU, undang-undang\b|\(Undang-Undang, UU\b|\bDinsos, Dinas Sosial\b|\bPermensos,"
        r" Peraturan Menteri Sosial\b",
        "terbaca seperti dua hal",
        'kepanjangannya lebih dulu, lalu singkatannya: "Dinas Sosial (Dinsos)"',
        quotable=False,
    ),
    Rule(
        "menunggu konfirmasi",
        r"\bmenunggu (?:konfirmasi|keputusan|aturan) (?:Dinsos|Dinas|UPTD)\b|\bhalaman\w*(?: \w+)?"
        r" belum ditemukan kembali\b",
        "yang belum pasti dicatat di buku tinjauan, supaya tandanya hilang sendiri sesudah dijawab",
        "{tinjau} di belakang kalimatnya, dan entri di modules/tinjauan.yml",
    ),
    Rule(
        "hati berat",
        r"\bhati(?:nya)? (?:yang )?berat\b",
        'terbaca "berat hati", yaitu enggan',
        '"sedang tertekan" atau "banyak pikiran"',
    ),
    Rule(
        "bahaya tidak menunggu",
        r"\b(?:bahaya|kesehatan|nyawa|lapar|rekaman|pertolongan(?:nya)?|tanda|bertanya|menyapa"
        r"|internet terhadap anak)(?: \w+){0,2} (?:tidak|tak) (?:(?:perlu|boleh|bisa) )?menunggu\b"
        r"|\bbahaya menang\b",
        "hal yang dijadikan orang",
        "siapa yang mengerjakan apa, dan kapan",
    ),
    Rule(
        "potongan kalimat",
        r"\bjam siapa\b|\blepas cerita\b|\bberi jam\b|\bmenaikkan rujukan\b",
        "terlalu pendek untuk dimengerti",
        "kalimat yang utuh: siapa, apa, sampai kapan",
    ),
    Rule(
        "inisial",
        r"\b(?:Bu|Pak|Kakek|Nenek|Mas|Mbak|Bang|Teh|Kang|Mang|Mpok|Ko|Ci) [A-Z]\b(?!\.)",
        "dibaca seperti berita kejahatan, dan satu huruf cepat dipakai dua orang",
        "nama depan rekaan yang belum dipakai orang lain di kursus ini",
        quotable=False,
        everywhere=True,
        case_counts=True,
    ),
)
