"""Every page of the desk in one table: its address, its function, the roles that may open it."""

from typing import NamedTuple

from psm_course.web.permissions import ANYBODY, EVERYBODY, OFFICERS, OVERSEEING, TEACHING, Roles

SMALL = 1024 * 1024
STRANGERS = 16 * 1024  # for people who are not signed in: a name and password, a number and code
# The sizes that the pages promise, plus some for the form around the file.
SHEET = 20 * 1024 * 1024 + 64 * 1024
ANSWERS = 30 * 1024 * 1024 + 64 * 1024


class Place(NamedTuple):
    """A page of the desk, or a form that it takes.

    A page about one cohort has `{cohort}` or `{number}` in its address. A pelatih may open it only
    for their own cohorts.
    """

    method: str
    path: str
    name: str  # room.folder:function of its page.py
    who: Roles | None
    label: str = ""  # what menus call it
    largest: int = SMALL

    @property
    def is_about_a_cohort(self) -> bool:
        """True if the page is about one cohort, or about one person of it."""
        return "{cohort}" in self.path or "{number}" in self.path


PLACES = (
    Place("GET", "/masuk", "accounts.signing_in:sign_in_page", ANYBODY),
    Place("POST", "/masuk", "accounts.signing_in:sign_in", ANYBODY, largest=STRANGERS),
    Place("POST", "/keluar", "accounts.signing_in:sign_out", EVERYBODY),
    Place("GET", "/saya", "people.own_page:ask_for_card", ANYBODY),
    Place("POST", "/saya", "people.own_page:own_page", ANYBODY, largest=STRANGERS),
    Place("GET", "/ponsel", "office.phone:phone_page", ANYBODY),
    Place("GET", "/angkatan", "people.cohorts:list_page", EVERYBODY, "Angkatan"),
    Place("POST", "/angkatan", "people.cohorts:open_new", OFFICERS),
    Place("GET", "/cari", "people.search:search_page", EVERYBODY),
    Place("POST", "/cari", "people.search:results", EVERYBODY),
    Place("GET", "/angkatan/{cohort}", "completion.status:status", EVERYBODY, "Status"),
    Place("POST", "/angkatan/{cohort}/tutup", "people.cohorts:close", OFFICERS),
    Place("GET", "/angkatan/{cohort}/ubah", "people.cohort_changes:changes_page", OFFICERS),
    Place("POST", "/angkatan/{cohort}/ubah", "people.cohort_changes:change", OFFICERS),
    Place("GET", "/angkatan/{cohort}/peserta", "people.roster:upload_form", OFFICERS, "Daftar peserta"),
    Place("POST", "/angkatan/{cohort}/peserta", "people.roster:upload", OFFICERS, largest=SHEET),
    Place("GET", "/angkatan/{cohort}/peserta/{kept}", "people.roster:preview", OFFICERS),
    Place("POST", "/angkatan/{cohort}/peserta/{kept}", "people.roster:confirm", OFFICERS),
    Place("GET", "/angkatan/{cohort}/hadir", "attendance.session_list:session_page", EVERYBODY, "Daftar hadir"),
    Place("POST", "/angkatan/{cohort}/hadir", "attendance.session_list:mark", TEACHING),
    Place("GET", "/angkatan/{cohort}/hadir/lembar", "attendance.handouts:sheet_to_fill_in", TEACHING),
    Place("POST", "/angkatan/{cohort}/hadir/lembar", "attendance.session_list:upload_sheet", TEACHING, largest=SHEET),
    Place("GET", "/angkatan/{cohort}/jadwal", "attendance.schedule:schedule_page", EVERYBODY, "Jadwal"),
    Place("GET", "/angkatan/{cohort}/jadwal/rundown", "attendance.schedule:rundown_to_print", EVERYBODY),
    Place("GET", "/angkatan/{cohort}/jadwal/kalender", "attendance.schedule:calendar", EVERYBODY),
    Place("POST", "/angkatan/{cohort}/jadwal", "attendance.schedule:change", OFFICERS),
    Place("POST", "/angkatan/{cohort}/jadwal/tempat", "attendance.schedule:move_place", OFFICERS),
    Place("GET", "/angkatan/{cohort}/pindai", "attendance.scanning:scan_page", TEACHING, "Pindai kartu"),
    Place("POST", "/angkatan/{cohort}/pindai", "attendance.scanning:scan", TEACHING),
    Place("GET", "/angkatan/{cohort}/tambah", "people.walk_in:add_page", TEACHING, "Tambah peserta"),
    Place("POST", "/angkatan/{cohort}/tambah", "people.walk_in:add", TEACHING),
    Place("GET", "/angkatan/{cohort}/cetak", "attendance.handouts:handouts_page", TEACHING, "Cetak"),
    Place("GET", "/angkatan/{cohort}/cetak/lembar", "attendance.handouts:sheet_to_sign", TEACHING),
    Place("POST", "/angkatan/{cohort}/cetak/kartu", "attendance.handouts:cards", OFFICERS),
    Place("GET", "/angkatan/{cohort}/syarat", "completion.rules:rules", EVERYBODY, "Syarat"),
    Place("POST", "/angkatan/{cohort}/syarat", "completion.rules:adopt", OFFICERS),
    Place("GET", "/angkatan/{cohort}/sebelum", "completion.clearing:clearing_page", EVERYBODY, "Sebelum menerbitkan"),
    Place("GET", "/angkatan/{cohort}/sertifikat", "certificates.issuing:records_page", OVERSEEING, "Sertifikat"),
    Place("POST", "/angkatan/{cohort}/sertifikat", "certificates.issuing:issue", OFFICERS),
    Place("GET", "/angkatan/{cohort}/sertifikat/cetak", "certificates.issuing:print_file", OVERSEEING),
    Place("POST", "/angkatan/{cohort}/sertifikat/cetak", "certificates.issuing:make_print_file", OFFICERS),
    Place("GET", "/angkatan/{cohort}/sertifikat/tidak-hadir", "certificates.no_shows:preview", OVERSEEING),
    Place("POST", "/angkatan/{cohort}/sertifikat/tidak-hadir", "certificates.no_shows:void", OFFICERS),
    Place("GET", "/angkatan/{cohort}/analisis", "reports.analysis:analysis_page", EVERYBODY, "Analisis"),
    Place("GET", "/angkatan/{cohort}/laporan", "reports.reports:reports_page", OVERSEEING, "Laporan"),
    Place("POST", "/angkatan/{cohort}/laporan", "reports.reports:report_pack", OFFICERS),
    Place("GET", "/angkatan/{cohort}/laporan/register", "reports.reports:register", OVERSEEING),
    Place("GET", "/angkatan/{cohort}/laporan/butir", "reports.reports:items", OVERSEEING),
    Place("GET", "/angkatan/{cohort}/laporan/peserta", "reports.reports:roster", OFFICERS),
    Place("GET", "/sertifikat/nomor", "certificates.numbers:numbers_page", OVERSEEING),
    Place("POST", "/sertifikat/nomor", "certificates.numbers:skip", OFFICERS),
    Place("GET", "/sertifikat", "certificates.record:record_page", OVERSEEING),
    Place("GET", "/sertifikat/pdf", "certificates.record:download", OVERSEEING),
    Place("GET", "/sertifikat/lencana", "certificates.record:download_badge", OVERSEEING),
    Place("GET", "/sertifikat/token", "certificates.record:download_token", OVERSEEING),
    Place("POST", "/sertifikat/ganti", "certificates.record:replace", OFFICERS),
    Place("POST", "/sertifikat/cabut", "certificates.record:withdraw", OFFICERS),
    Place("POST", "/sertifikat/cetak-ulang", "certificates.record:print_again", OFFICERS),
    Place("GET", "/peserta/{number}", "people.person:person", EVERYBODY),
    Place("GET", "/peserta/{number}/ubah", "people.person_changes:changes_page", OFFICERS),
    Place("POST", "/peserta/{number}/ubah", "people.person_changes:change", OFFICERS),
    Place("POST", "/peserta/{number}/ketetapan", "completion.override:save_override", OFFICERS),
    Place("POST", "/peserta/{number}/amatan", "completion.override:save_observation", TEACHING),
    Place("GET", "/jawaban", "answers.submissions:submissions", EVERYBODY, "Jawaban"),
    Place("POST", "/jawaban", "answers.submissions:receive_answers", TEACHING, largest=ANSWERS),
    Place("POST", "/peserta/{number}/kartu", "people.cards:new_card", OFFICERS),
    Place("POST", "/peserta/{number}/duduk", "answers.laptop:sit_here", TEACHING),
    Place("GET", "/jawaban/karantina", "answers.quarantine:quarantine_page", OFFICERS),
    Place("POST", "/jawaban/karantina/buang", "answers.quarantine:purge_address", OFFICERS),
    Place("POST", "/jawaban/karantina/terima", "answers.quarantine:admit_one", OFFICERS),
    Place("POST", "/jawaban/putusan/banyak", "answers.deciding:save_decisions", TEACHING),
    Place("GET", "/jawaban/tanda-terima", "answers.receipt:receipt", TEACHING),
    Place("GET", "/jawaban/putusan", "answers.deciding:held_page", TEACHING),
    Place("POST", "/jawaban/putusan", "answers.deciding:save_decision", TEACHING),
    Place("GET", "/nilai-ulang", "answers.regrading:choose_quiz", OVERSEEING, "Nilai ulang"),
    Place("GET", "/nilai-ulang/{quiz}", "answers.regrading:review", OVERSEEING),
    Place("POST", "/nilai-ulang/{quiz}", "answers.regrading:apply", OFFICERS),
    Place("GET", "/tayangan", "office.slides:slides_page", TEACHING, "Tampilkan"),
    Place("GET", "/tayangan/modul", "office.slides:show", TEACHING),
    Place("GET", "/alamat", "office.addresses:addresses_page", EVERYBODY, "Alamat"),
    Place("GET", "/cakupan", "people.coverage:coverage_page", OVERSEEING, "Cakupan"),
    Place("GET", "/catatan", "reports.audit_log:audit_log", OVERSEEING, "Catatan"),
    Place("GET", "/catatan/puncak", "reports.checkpoint:newest", EVERYBODY),
    Place("GET", "/cadangan", "office.backups:backups_page", OVERSEEING),
    Place("POST", "/cadangan", "office.backups:make", OFFICERS),
    Place("GET", "/cadangan/berkas", "office.backups:download", OFFICERS),
    Place("GET", "/pengaturan", "reports.settings:settings_page", OVERSEEING, "Pengaturan"),
)
