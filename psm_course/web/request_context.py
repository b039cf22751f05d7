"""A request to the desk with its office, account and form, and the answers that pages give."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from psm_course.content.course import Course, first_contacts
from psm_course.content.help.contacts import Contact
from psm_course.domain.accounts import Account, SignIn
from psm_course.domain.register import OUTCOMES, Cohort
from psm_course.errors import Refused
from psm_course.forms.help import dialled, short
from psm_course.items.marks import print_points
from psm_course.local_time import WIB, day, moment
from psm_course.registrar.answers.holding import sentence_of
from psm_course.registrar.answers.submitting import Desk
from psm_course.registrar.completion.adopting import NOTHING_YET
from psm_course.registrar.log.high_water import find_last
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.web.audit_words import EVENTS, detail
from psm_course.web.flash_messages import FLASH_MESSAGES
from psm_course.web.hall.hall_addresses import HallAddresses
from psm_course.web.hall.incidents import Incidents
from psm_course.web.hall.throttle import Throttle
from psm_course.web.menu import cohort_menu, menu
from psm_course.web.permissions import OVERSEEING

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Office:
    """The office as pages use it: settings, register, courses, and data kept only in memory.

    `courses` are the courses that were adopted when the request came; the one adopted last comes
    first.
    """

    settings: Settings
    store: Store
    desk: Desk
    courses: tuple[Course, ...] = ()
    incidents: Incidents = field(default_factory=Incidents)
    throttle: Throttle = field(default_factory=Throttle)  # with numbers and codes that fit no card
    addresses: HallAddresses | None = None  # where phones find this machine; None: nowhere

    @property
    def course(self) -> Course:
        """The course adopted last. The region of this course is used as the region of the office.

        Raises:
            Refused: the office has not adopted a course.
        """
        if not self.courses:
            raise Refused(NOTHING_YET)
        return self.courses[0]

    def now(self) -> datetime:
        """The time now, aware, in WIB."""
        return datetime.now(UTC).astimezone(WIB)


@dataclass(frozen=True)
class RequestContext:
    """One request to a page of the desk.

    Attributes:
        request: Starlette's request.
        office: the office with its register, settings and courses at the time of the request.
        sign_in: who is signed in, and until when; None if nobody is.
        token: a secret that every form on the page must carry.
        form: the fields that were sent; empty if the page was only opened.
    """

    request: Request
    office: Office
    sign_in: SignIn | None
    token: str
    form: FormData = field(default_factory=FormData)

    @property
    def account(self) -> Account:
        """The account that is signed in. Do not use it on pages that need no sign-in.

        Raises:
            LookupError: nobody is signed in.
        """
        if self.sign_in is None:
            raise LookupError("nobody is signed in")
        return self.sign_in.account

    @property
    def actor(self) -> str:
        """The account's name, as the audit log writes it."""
        return self.account.name

    def path(self, name: str) -> str:
        """A part of the address, such as `cohort` in `/angkatan/{cohort}`."""
        return str(self.request.path_params[name])

    def asked(self, name: str) -> str:
        """A value in the address's query, without spaces around it; empty if it is missing."""
        return self.request.query_params.get(name, "").strip()

    def asked_number(self, name: str, digits: int = 6) -> int:
        """A value in the address's query as a number.

        Returns 0 if the value is missing, is no number, or has more than `digits` digits.
        """
        written = self.asked(name)
        return (
            int(written)
            if written.isascii() and written.isdigit() and len(written) <= digits
            else 0
        )

    def typed(self, name: str) -> str:
        """A field of the form, without spaces around it; empty if it is missing.

        NUL characters are removed: nobody types them, and no database accepts them.
        """
        return self.typed_exactly(name).replace("\0", "").strip()

    def typed_exactly(self, name: str) -> str:
        """A field of the form exactly as typed, for passwords: spaces may be part of a password."""
        value = self.form.get(name)
        return value if isinstance(value, str) else ""

    def upload(self, name: str) -> UploadFile | None:
        """A file of the form; None if no file was chosen."""
        value = self.form.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    def render(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """Render a page of the desk in its frame: menu, flash message, incidents, last backup.

        `values` are for the template. If `values` contains a `cohort`, the frame shows the menu of
        this cohort.
        """
        account = self.sign_in.account if self.sign_in else None
        frame: dict[str, object] = {
            "account": account,
            "token": self.token,
            "flash_message": FLASH_MESSAGES.get(self.asked("kabar"), ""),
            "here": self.here,
            "menu": menu(account) if account else [],
            "incidents": self.office.incidents.lines() if account else (),
            "backup": _backup_foot(self) if account else None,
        }
        cohort = values.get("cohort")
        if account and isinstance(cohort, Cohort):
            frame["cohort_menu"] = cohort_menu(account, cohort.id)
        return render(template, status, **frame | values)

    @property
    def quiz_titles(self) -> dict[str, str]:
        """Quiz titles by quiz id.

        If several courses have a quiz with the same id, the title is from the course adopted last.
        """
        return {
            name: quiz.header.title
            for course in reversed(self.office.courses)
            for name, quiz in course.quizzes.items()
        }

    @property
    def first_numbers(self) -> tuple[Contact, ...]:
        """The phone numbers for help that learners see first; empty if no course was adopted."""
        return first_contacts(self.office.courses[0].contacts, None) if self.office.courses else ()

    @property
    def here(self) -> str:
        """The path of this page, without its query."""
        return self.request.url.path


Answer = Callable[[RequestContext], Response]


def refused_on(page: Callable[[RequestContext, int, str], Response]) -> Callable[[Answer], Answer]:
    """Make a decorator for functions that answer a form.

    If the decorated function raises `Refused`, `page` is called with the error's message and status
    422, and shows the message.
    """

    def decorate(act: Answer) -> Answer:
        @wraps(act)
        def answer(context: RequestContext) -> Response:
            try:
                return act(context)
            except Refused as refused:
                return page(context, 422, str(refused))

        return answer

    return decorate


def path_and_query(request: Request) -> str:
    """Return the address of a request without scheme and host, such as `/cari?halaman=2`."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def redirect(address: str, **query: str) -> Response:
    """Return a redirect (303) to a page that shows the result of a change.

    If the person then reloads that page, the change is not made again. `query` contains names and
    values that are added to the address.
    """
    return RedirectResponse(f"{address}?{urlencode(query)}" if query else address, 303)


def download(content: bytes, name: str, kind: str) -> Response:
    """Return an answer that the browser saves as file `name`; `kind` is its media type."""
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def download_written(write: Callable[[Path], object], name: str, kind: str) -> Response:
    """Return an answer that the browser saves as file `name`; `kind` is its media type.

    `write` is called with a temporary path, which has the same ending as `name`, and must write the
    file there.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"berkas{PurePath(name).suffix}"
        write(path)
        return download(path.read_bytes(), name, kind)


def render(template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Render a template with `values`.

    The frame of the page needs some values; those that are not in `values` are empty.
    """
    usual: dict[str, object] = {
        "account": None,
        "token": "",
        "flash_message": "",
        "here": "",
        "menu": [],
        "cohort_menu": [],
        "backup": None,
        "help_first": (),
        "incidents": (),
    }
    return HTMLResponse(_pages.get_template(template).render(**usual | values), status_code=status)


def _ago(moment: datetime, now: datetime) -> str:
    """Return the time from `moment` until `now` in words, such as `3 hari lalu`."""
    minutes = max(int((now - moment).total_seconds()) // 60, 0)
    for size, unit in ((24 * 60, "hari"), (60, "jam"), (1, "menit")):
        if minutes >= size:
            return f"{minutes // size} {unit} lalu"
    return "baru saja"


@dataclass(frozen=True, slots=True)
class BackupFoot:
    """Facts about the last backup, for the foot of every page of the desk."""

    age: str  # empty: there never was one
    is_old: bool  # more than a day, or there never was one
    may_look: bool  # this account may open the page of the backups


def _backup_foot(context: RequestContext) -> BackupFoot:
    """Read the facts about the last backup from a small file.

    They are not read from the register, because every page needs them.
    """
    last, now = find_last(context.office.settings), context.office.now()
    return BackupFoot(
        _ago(last.made, now) if last else "",
        last is None or now - last.made > timedelta(days=1),
        context.account.role in OVERSEEING,
    )


def _last_day(closes_at: datetime) -> date:
    """Return the last day on which a cohort is open; `closes_at` is the end of that day."""
    return (closes_at.astimezone(WIB) - timedelta(seconds=1)).date()


_pages = Environment(
    loader=ChoiceLoader([PackageLoader("psm_course.web"), PackageLoader("psm_course", "web")]),
    autoescape=select_autoescape(["html", "svg"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_pages.filters.update(
    day=day,
    moment=moment,
    dialled=dialled,
    short=short,
    ago=_ago,
    why_held=sentence_of,
    detail=lambda pair: detail(*pair),
    points=lambda points: print_points(points).replace(".", ","),
    outcome=lambda kind: OUTCOMES[kind],
    verb=lambda verb: EVENTS.get(verb, verb),
    last_day=lambda closes_at: day(_last_day(closes_at)),
    last_day_iso=lambda closes_at: _last_day(closes_at).isoformat(),
)
