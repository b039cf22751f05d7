"""Every page of the desk in one table: address, function, and the roles that may open the page."""

from typing import NamedTuple

from psm_course.web.permissions import ANYBODY, EVERYBODY, OFFICERS, OVERSEEING, TEACHING, Roles

SMALL = 1024 * 1024
STRANGERS = 16 * 1024  # for people who are not signed in: a name and password, a number and code
# The sizes that the pages promise, plus some for the form around the file.
SHEET = 20 * 1024 * 1024 + 64 * 1024
ANSWERS = 30 * 1024 * 1024 + 64 * 1024


class PageRoute(NamedTuple):
    """The route of a page of the desk, or of a form that is sent to the desk.

    A page about one cohort has `{cohort}` or `{number}` in its address. A trainer (`pelatih`) may
    open it only for their own cohorts.
    """

    method: str
    path: str
    handler: str  # room.folder:function of its page.py
    roles: Roles | None
    label: str = ""  # what menus call it
    largest: int = SMALL

    @property
    def is_about_a_cohort(self) -> bool:
        """True if the page is about one cohort, or about one person of it."""
        return "{cohort}" in self.path or "{number}" in self.path


PAGE_ROUTES = (
    PageRoute("GET", "/masuk", "accounts.signing_in:sign_in_page", ANYBODY),
    PageRoute("POST", "/masuk", "accounts.signing_in:sign_in", ANYBODY, largest=STRANGERS),
    PageRoute("POST", "/keluar", "accounts.signing_in:sign_out", EVERYBODY),
    PageRoute("GET", "/saya", "people.own_page:ask_for_card", ANYBODY),
    PageRoute("POST", "/saya", "people.own_page:own_page", ANYBODY, largest=STRANGERS),
    PageRoute("GET", "/ponsel", "office.phone:phone_page", ANYBODY),
    PageRoute("GET", "/angkatan", "people.cohorts:list_page", EVERYBODY, "Angkatan"),
    PageRoute("POST", "/angkatan", "people.cohorts:open_new", OFFICERS),
    PageRoute("GET", "/cari", "people.search:search_page", EVERYBODY),
    PageRoute("POST", "/cari", "people.search:results", EVERYBODY),
    PageRoute("GET", "/angkatan/{cohort}", "completion.status:status", EVERYBODY, "Status"),
    PageRoute("POST", "/angkatan/{cohort}/tutup", "people.cohorts:close", OFFICERS),
    PageRoute("GET", "/angkatan/{cohort}/ubah", "people.cohort_changes:changes_page", OFFICERS),
    PageRoute("POST", "/angkatan/{cohort}/ubah", "people.cohort_changes:change", OFFICERS),
    PageRoute(
        "GET", "/angkatan/{cohort}/peserta", "people.roster:upload_form", OFFICERS, "Daftar peserta"
    ),
    PageRoute(
        "POST", "/angkatan/{cohort}/peserta", "people.roster:upload", OFFICERS, largest=SHEET
    ),
    PageRoute("GET", "/angkatan/{cohort}/peserta/{kept}", "people.roster:preview", OFFICERS),
    PageRoute("POST", "/angkatan/{cohort}/peserta/{kept}", "people.roster:confirm", OFFICERS),
    PageRoute(
        "GET",
        "/angkatan/{cohort}/hadir",
        "attendance.session_list:session_page",
        EVERYBODY,
        "Daftar hadir",
    ),
    PageRoute("POST", "/angkatan/{cohort}/hadir", "attendance.session_list:mark", TEACHING),
    PageRoute(
        "GET", "/angkatan/{cohort}/hadir/lembar", "attendance.handouts:sheet_to_fill_in", TEACHING
    ),
    PageRoute(
        "POST",
        "/angkatan/{cohort}/hadir/lembar",
        "attendance.session_list:upload_sheet",
        TEACHING,
        largest=SHEET,
    ),
    PageRoute(
        "GET", "/angkatan/{cohort}/jadwal", "attendance.schedule:schedule_page", EVERYBODY, "Jadwal"
    ),
    PageRoute(
        "GET",
        "/angkatan/{cohort}/jadwal/rundown",
        "attendance.schedule:rundown_to_print",
        EVERYBODY,
    ),
    PageRoute(
        "GET", "/angkatan/{cohort}/jadwal/kalender", "attendance.schedule:calendar", EVERYBODY
    ),
    PageRoute("POST", "/angkatan/{cohort}/jadwal", "attendance.schedule:change", OFFICERS),
    PageRoute(
        "POST", "/angkatan/{cohort}/jadwal/tempat", "attendance.schedule:move_place", OFFICERS
    ),
    PageRoute(
        "GET",
        "/angkatan/{cohort}/pindai",
        "attendance.scanning:scan_page",
        TEACHING,
        "Pindai kartu",
    ),
    PageRoute("POST", "/angkatan/{cohort}/pindai", "attendance.scanning:scan", TEACHING),
    PageRoute(
        "GET", "/angkatan/{cohort}/tambah", "people.walk_in:add_page", TEACHING, "Tambah peserta"
    ),
    PageRoute("POST", "/angkatan/{cohort}/tambah", "people.walk_in:add", TEACHING),
    PageRoute(
        "GET", "/angkatan/{cohort}/cetak", "attendance.handouts:handouts_page", TEACHING, "Cetak"
    ),
    PageRoute(
        "GET", "/angkatan/{cohort}/cetak/lembar", "attendance.handouts:sheet_to_sign", TEACHING
    ),
    PageRoute("POST", "/angkatan/{cohort}/cetak/kartu", "attendance.handouts:cards", OFFICERS),
    PageRoute("GET", "/angkatan/{cohort}/syarat", "completion.rules:rules", EVERYBODY, "Syarat"),
    PageRoute("POST", "/angkatan/{cohort}/syarat", "completion.rules:adopt", OFFICERS),
    PageRoute(
        "GET",
        "/angkatan/{cohort}/sebelum",
        "completion.clearing:clearing_page",
        EVERYBODY,
        "Sebelum menerbitkan",
    ),
    PageRoute(
        "GET",
        "/angkatan/{cohort}/sertifikat",
        "certificates.issuing:records_page",
        OVERSEEING,
        "Sertifikat",
    ),
    PageRoute("POST", "/angkatan/{cohort}/sertifikat", "certificates.issuing:issue", OFFICERS),
    PageRoute(
        "GET", "/angkatan/{cohort}/sertifikat/cetak", "certificates.issuing:print_file", OVERSEEING
    ),
    PageRoute(
        "POST",
        "/angkatan/{cohort}/sertifikat/cetak",
        "certificates.issuing:make_print_file",
        OFFICERS,
    ),
    PageRoute(
        "GET",
        "/angkatan/{cohort}/sertifikat/tidak-hadir",
        "certificates.no_shows:preview",
        OVERSEEING,
    ),
    PageRoute(
        "POST", "/angkatan/{cohort}/sertifikat/tidak-hadir", "certificates.no_shows:void", OFFICERS
    ),
    PageRoute(
        "GET",
        "/angkatan/{cohort}/analisis",
        "reports.analysis:analysis_page",
        EVERYBODY,
        "Analisis",
    ),
    PageRoute(
        "GET", "/angkatan/{cohort}/laporan", "reports.reports:reports_page", OVERSEEING, "Laporan"
    ),
    PageRoute("POST", "/angkatan/{cohort}/laporan", "reports.reports:report_pack", OFFICERS),
    PageRoute("GET", "/angkatan/{cohort}/laporan/register", "reports.reports:register", OVERSEEING),
    PageRoute("GET", "/angkatan/{cohort}/laporan/butir", "reports.reports:items", OVERSEEING),
    PageRoute("GET", "/angkatan/{cohort}/laporan/peserta", "reports.reports:roster", OFFICERS),
    PageRoute("GET", "/sertifikat/nomor", "certificates.numbers:numbers_page", OVERSEEING),
    PageRoute("POST", "/sertifikat/nomor", "certificates.numbers:skip", OFFICERS),
    PageRoute("GET", "/sertifikat", "certificates.record:record_page", OVERSEEING),
    PageRoute("GET", "/sertifikat/pdf", "certificates.record:download_pdf", OVERSEEING),
    PageRoute("GET", "/sertifikat/lencana", "certificates.record:download_badge", OVERSEEING),
    PageRoute("GET", "/sertifikat/token", "certificates.record:download_token", OVERSEEING),
    PageRoute("POST", "/sertifikat/ganti", "certificates.record:replace", OFFICERS),
    PageRoute("POST", "/sertifikat/cabut", "certificates.record:withdraw", OFFICERS),
    PageRoute("POST", "/sertifikat/cetak-ulang", "certificates.record:print_again", OFFICERS),
    PageRoute("GET", "/peserta/{number}", "people.person:person", EVERYBODY),
    PageRoute("GET", "/peserta/{number}/ubah", "people.person_changes:changes_page", OFFICERS),
    PageRoute("POST", "/peserta/{number}/ubah", "people.person_changes:change", OFFICERS),
    PageRoute("POST", "/peserta/{number}/ketetapan", "completion.override:save_override", OFFICERS),
    PageRoute("POST", "/peserta/{number}/amatan", "completion.override:save_observation", TEACHING),
    PageRoute("GET", "/jawaban", "answers.submissions:submissions", EVERYBODY, "Jawaban"),
    PageRoute("POST", "/jawaban", "answers.submissions:receive_answers", TEACHING, largest=ANSWERS),
    PageRoute("POST", "/peserta/{number}/kartu", "people.cards:new_card", OFFICERS),
    PageRoute("POST", "/peserta/{number}/duduk", "answers.laptop:open_test_here", TEACHING),
    PageRoute("GET", "/jawaban/karantina", "answers.quarantine:quarantine_page", OFFICERS),
    PageRoute("POST", "/jawaban/karantina/buang", "answers.quarantine:purge_address", OFFICERS),
    PageRoute("POST", "/jawaban/karantina/terima", "answers.quarantine:admit_one", OFFICERS),
    PageRoute("POST", "/jawaban/putusan/banyak", "answers.deciding:save_decisions", TEACHING),
    PageRoute("GET", "/jawaban/tanda-terima", "answers.receipt:receipt", TEACHING),
    PageRoute("GET", "/jawaban/putusan", "answers.deciding:held_page", TEACHING),
    PageRoute("POST", "/jawaban/putusan", "answers.deciding:save_decision", TEACHING),
    PageRoute("GET", "/nilai-ulang", "answers.regrading:choose_quiz", OVERSEEING, "Nilai ulang"),
    PageRoute("GET", "/nilai-ulang/{quiz}", "answers.regrading:review", OVERSEEING),
    PageRoute("POST", "/nilai-ulang/{quiz}", "answers.regrading:apply", OFFICERS),
    PageRoute("GET", "/tayangan", "office.slides:slides_page", TEACHING, "Tampilkan"),
    PageRoute("GET", "/tayangan/modul", "office.slides:show", TEACHING),
    PageRoute("GET", "/alamat", "office.addresses:addresses_page", EVERYBODY, "Alamat"),
    PageRoute("GET", "/cakupan", "people.coverage:coverage_page", OVERSEEING, "Cakupan"),
    PageRoute("GET", "/catatan", "reports.audit_log:audit_log", OVERSEEING, "Catatan"),
    PageRoute("GET", "/catatan/puncak", "reports.checkpoint:newest", EVERYBODY),
    PageRoute("GET", "/cadangan", "office.backups:backups_page", OVERSEEING),
    PageRoute("POST", "/cadangan", "office.backups:make_backup", OFFICERS),
    PageRoute("GET", "/cadangan/berkas", "office.backups:download_backup", OFFICERS),
    PageRoute("GET", "/pengaturan", "reports.settings:settings_page", OVERSEEING, "Pengaturan"),
)
