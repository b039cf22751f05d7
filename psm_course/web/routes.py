"""Every page of the desk in one table: its address, its function, and who may open it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from starlette.responses import Response

from psm_course.web.accounts import signing_in
from psm_course.web.answers import deciding, regrading, submissions
from psm_course.web.attendance import attendance, handouts, scanning
from psm_course.web.certificates import issuing, no_shows, numbers, record
from psm_course.web.completion import rules, ruling, status
from psm_course.web.menu import Way
from psm_course.web.people import cohorts, coverage, own_page, person, roster
from psm_course.web.permissions import ANYBODY, EVERYBODY, OFFICERS, OVERSEEING, TEACHING, Roles
from psm_course.web.reports import audit_log, reports, settings_page
from psm_course.web.visit import Visit

SMALL = 1024 * 1024
# What the pages promise, and the form around the file.
SHEET = 20 * 1024 * 1024 + 64 * 1024
ANSWERS = 30 * 1024 * 1024 + 64 * 1024


class Place(NamedTuple):
    """A page about one cohort has `{cohort}` or `{number}` in its address, and opens to a pelatih only where that cohort is theirs."""

    method: str
    path: str
    page: Callable[[Visit], Response]
    who: Roles | None
    label: str = ""  # what menus call it
    largest: int = SMALL

    @property
    def is_about_a_cohort(self) -> bool:
        return "{cohort}" in self.path or "{number}" in self.path


PLACES = (
    Place("GET", "/masuk", signing_in.door, ANYBODY),
    Place("POST", "/masuk", signing_in.enter, ANYBODY),
    Place("POST", "/keluar", signing_in.leave, EVERYBODY),
    Place("GET", "/saya", own_page.ask_for_card, ANYBODY),
    Place("POST", "/saya", own_page.own_page, ANYBODY),
    Place("GET", "/angkatan", cohorts.list_page, EVERYBODY, "Angkatan"),
    Place("POST", "/angkatan", cohorts.open_new, OFFICERS),
    Place("GET", "/angkatan/{cohort}", status.status, EVERYBODY, "Status"),
    Place("POST", "/angkatan/{cohort}/tutup", cohorts.close, OFFICERS),
    Place("GET", "/angkatan/{cohort}/peserta", roster.upload_form, OFFICERS, "Daftar peserta"),
    Place("POST", "/angkatan/{cohort}/peserta", roster.upload, OFFICERS, largest=SHEET),
    Place("GET", "/angkatan/{cohort}/peserta/{kept}", roster.preview, OFFICERS),
    Place("POST", "/angkatan/{cohort}/peserta/{kept}", roster.confirm, OFFICERS),
    Place("GET", "/angkatan/{cohort}/hadir", attendance.session_page, EVERYBODY, "Daftar hadir"),
    Place("POST", "/angkatan/{cohort}/hadir", attendance.mark, TEACHING),
    Place("GET", "/angkatan/{cohort}/hadir/lembar", handouts.sheet_to_fill_in, TEACHING),
    Place("POST", "/angkatan/{cohort}/hadir/lembar", attendance.upload_sheet, TEACHING, largest=SHEET),
    Place("GET", "/angkatan/{cohort}/pindai", scanning.scan_page, TEACHING, "Pindai kartu"),
    Place("POST", "/angkatan/{cohort}/pindai", scanning.scan, TEACHING),
    Place("GET", "/angkatan/{cohort}/cetak", handouts.handouts_page, TEACHING, "Cetak"),
    Place("GET", "/angkatan/{cohort}/cetak/lembar", handouts.sheet_to_sign, TEACHING),
    Place("POST", "/angkatan/{cohort}/cetak/kartu", handouts.cards, OFFICERS),
    Place("GET", "/angkatan/{cohort}/syarat", rules.rules, EVERYBODY, "Syarat"),
    Place("POST", "/angkatan/{cohort}/syarat", rules.adopt, OFFICERS),
    Place("GET", "/angkatan/{cohort}/sertifikat", issuing.records_page, OVERSEEING, "Sertifikat"),
    Place("POST", "/angkatan/{cohort}/sertifikat", issuing.issue, OFFICERS),
    Place("GET", "/angkatan/{cohort}/sertifikat/cetak", issuing.print_file, OVERSEEING),
    Place("POST", "/angkatan/{cohort}/sertifikat/cetak", issuing.make_print_file, OFFICERS),
    Place("GET", "/angkatan/{cohort}/sertifikat/tidak-hadir", no_shows.preview, OVERSEEING),
    Place("POST", "/angkatan/{cohort}/sertifikat/tidak-hadir", no_shows.void, OFFICERS),
    Place("GET", "/angkatan/{cohort}/laporan", reports.reports_page, OVERSEEING, "Laporan"),
    Place("POST", "/angkatan/{cohort}/laporan", reports.report_pack, OFFICERS),
    Place("GET", "/angkatan/{cohort}/laporan/register", reports.register, OVERSEEING),
    Place("GET", "/angkatan/{cohort}/laporan/butir", reports.items, OVERSEEING),
    Place("GET", "/angkatan/{cohort}/laporan/peserta", reports.roster, OFFICERS),
    Place("GET", "/sertifikat/nomor", numbers.numbers_page, OVERSEEING),
    Place("POST", "/sertifikat/nomor", numbers.skip, OFFICERS),
    Place("GET", "/sertifikat", record.record_page, OVERSEEING),
    Place("GET", "/sertifikat/pdf", record.download, OVERSEEING),
    Place("POST", "/sertifikat/ganti", record.replace, OFFICERS),
    Place("POST", "/sertifikat/cabut", record.withdraw, OFFICERS),
    Place("POST", "/sertifikat/cetak-ulang", record.print_again, OFFICERS),
    Place("GET", "/peserta/{number}", person.person, EVERYBODY),
    Place("POST", "/peserta/{number}/ketetapan", ruling.rule, OFFICERS),
    Place("POST", "/peserta/{number}/amatan", ruling.note_observation, TEACHING),
    Place("GET", "/jawaban", submissions.submissions, EVERYBODY, "Jawaban"),
    Place("POST", "/jawaban", submissions.take_in, TEACHING, largest=ANSWERS),
    Place("GET", "/jawaban/putusan", deciding.held_page, TEACHING),
    Place("POST", "/jawaban/putusan", deciding.rule, TEACHING),
    Place("GET", "/nilai-ulang", regrading.choose_quiz, OVERSEEING, "Nilai ulang"),
    Place("GET", "/nilai-ulang/{quiz}", regrading.review, OVERSEEING),
    Place("POST", "/nilai-ulang/{quiz}", regrading.apply, OFFICERS),
    Place("GET", "/cakupan", coverage.coverage_page, OVERSEEING, "Cakupan"),
    Place("GET", "/catatan", audit_log.audit_log, OVERSEEING, "Catatan"),
    Place("GET", "/pengaturan", settings_page.settings_page, OVERSEEING, "Pengaturan"),
)

WAYS = tuple(Way(place.path, place.label, place.who) for place in PLACES if place.label and place.who is not None)
