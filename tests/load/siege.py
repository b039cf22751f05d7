"""`make siege`: phones hand in while a hall full of strangers does its worst; prints a table. Exits
with 1 where anything was lost.

Asserted is what must never be: a hand-in lost or counted twice, more than 250 MB in the server, a
page of the desk that fails, an officer locked out at the laptop. Printed are the times, which
depend on the machine. With `--small` once through every step.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlencode

from psm_course.domain.accounts import Account
from psm_course.registrar.accounts.accounts import add_account
from psm_course.registrar.accounts.signing_in import _digest
from psm_course.store import accounts
from psm_course.web.accounts.signing_in.page import COOKIE
from tests.bench.memory import peak
from tests.load.attackers import OFFICER
from tests.load.bombs import bombs
from tests.load.conftest import a_database
from tests.load.hall import HALL
from tests.load.office import ROOT, Office, open_register, post_test
from tests.load.phones import Answer, documents, enrolled, hand_in_all, spread
from tests.register_builders import arranging, register_of
from tests.server import own_server

PASSWORD = "kuda laut biru"  # noqa: S105 - of a made-up office
FILES = 4096
MOST_MEMORY = 250  # MB, of the server's own process
_HEADERS = {"Host": "127.0.0.1", "Connection": "close"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One siege."""

    phones: int
    seconds: float
    addresses: int  # of the phones
    watchers: int  # officers who look at a cohort's page all the time, each at one
    cohorts: int = 1
    items: int = 40
    attackers: int = 200  # addresses of those who mean harm


SMALL = Plan(120, 4, 120, 3)
PLANS = (Plan(500, 10, 1, 5), Plan(500, 10, 500, 5), Plan(2000, 60, 500, 20, cohorts=20))


@dataclass
class Report:
    """What came of it; `troubles` are sentences on what must never be."""

    p99: float = 0.0
    slowest: float = 0.0
    pages: list[float] = field(default_factory=list)
    memory: float = 0.0
    processor: float = (
        0.0  # seconds that the server itself took: says something on a busy machine, too
    )
    did: dict[str, int] = field(default_factory=dict)
    bombs: Counter[int] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)


class Desk:
    """The officer's browser at the laptop, signed in."""

    def __init__(self, port: int, cookie: str, token: str) -> None:
        self._port = port
        self._cookie = cookie
        self._token = token

    def ask(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, str, http.client.HTTPMessage]:
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)) as asking:
            asking.request(
                method,
                path,
                body or None,
                _HEADERS | {"Cookie": f"{COOKIE}={self._cookie}"} | headers,
            )
            answer = asking.getresponse()
            return answer.status, answer.read().decode(), answer.headers

    def brings(self, name: str, content: bytes) -> int:
        """A list of participants as a file, looked at; the status of the page."""
        edge = "----meja"
        head = (
            f"--{edge}\r\nContent-Disposition: form-data;"
            f' name="kunci"\r\n\r\n{self._token}\r\n--{edge}\r\n'
        )
        head += (
            f'Content-Disposition: form-data; name="lembar"; filename="{name}"\r\nContent-Type:'
            " application/octet-stream\r\n\r\n"
        )
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        status, _, headers = self.ask(
            "POST",
            "/angkatan/D26/peserta",
            body,
            **{"Content-Type": f"multipart/form-data; boundary={edge}"},
        )
        return self.ask("GET", headers["location"])[0] if status == 303 else status


def besiege(database: str, plan: Plan) -> Report:
    """Phones, watchers and attackers at once, on an office in a process of its own."""
    report = Report()
    quiz = post_test()
    quiz = replace(quiz, header=quiz.header.model_copy(update={"draw": plan.items}))
    with closing(open_register(database)) as store:
        cohorts = [f"D{26 + at}" for at in range(plan.cohorts)]
        codes = [enrolled(store, plan.phones // plan.cohorts, quiz, cohort) for cohort in cohorts]
        held = documents(
            {
                number: code
                for each in zip(*(each.items() for each in codes), strict=True)
                for number, code in each
            },
            quiz,
        )
        add_account(store, OFFICER, "petugas", (), PASSWORD, "uji", datetime.now(UTC))
        cookie = f"{'k' * 43}.{int(datetime.now(UTC).timestamp())}"
        with arranging(store) as tx:
            accounts.add_account(tx, Account("meja", "petugas"), "no password opens this")
            accounts.add_sign_in(
                tx, _digest(cookie), "meja", "token-meja", datetime.now(UTC) + timedelta(hours=8)
            )
    office = Office(database, ("tests.load.hall", str(FILES)))
    desk = Desk(office.port, cookie, "token-meja")
    try:
        with _attackers(office.port, plan, report), ExitStack() as beside:
            for cohort in islice(cycle(cohorts), plan.watchers):
                beside.enter_context(_again_and_again(partial(_watch, desk, cohort, report), 0.5))
            beside.enter_context(
                _again_and_again(partial(_bring_one, desk, report, cycle(bombs().items())), 0.1)
            )
            homes = [
                f"127.77.{number // 250}.{number % 250 + 1}" for number in range(plan.addresses)
            ]
            answers = hand_in_all(
                office.port, spread(held, within=plan.seconds), host=HALL, come_from=homes
            )
        _look_after(office, desk, report)
    finally:
        office.stop()
    _compare(database, held, answers, report)
    return report


@contextmanager
def _attackers(port: int, plan: Plan, report: Report) -> Iterator[None]:
    """They begin a second before the phones and go on a little longer."""
    command = [
        sys.executable,
        "-m",
        "tests.load.attackers",
        str(port),
        str(plan.seconds + 2),
        str(plan.attackers),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as crowd:
        time.sleep(1)
        yield
        report.did = json.loads(crowd.communicate()[0])


@contextmanager
def _again_and_again(deed: partial[None], pause: float) -> Iterator[None]:
    """In a thread while the block runs."""
    done = threading.Event()

    def go_on() -> None:
        while not done.is_set():
            deed()
            done.wait(pause)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _watch(desk: Desk, cohort: str, report: Report) -> None:
    start = time.perf_counter()
    status, page, _ = desk.ask("GET", f"/angkatan/{cohort}")
    report.pages.append(time.perf_counter() - start)
    if status != 200 or f"Angkatan {cohort}" not in page:
        said = " ".join(re.findall(r"<p>(.*?)</p>", page))
        report.troubles.append(f"a page of the desk was answered {status}: {said}")


def _bring_one(desk: Desk, report: Report, waiting: Iterator[tuple[str, bytes]]) -> None:
    name, content = next(waiting)
    status = desk.brings(name, content)
    report.bombs[status] += 1
    if status >= 500:
        report.troubles.append(f"{name} was answered {status}")


def _look_after(office: Office, desk: Desk, report: Report) -> None:
    """The officer is not locked out at the laptop; the server took no more memory than it may."""
    _, page, headers = Desk(office.port, "", "").ask("GET", "/masuk")
    token, cookie = (
        page.partition('name="kunci" value="')[2].partition('"')[0],
        str(headers["set-cookie"]).partition(";")[0],
    )
    form = urlencode({"kunci": token, "nama": OFFICER, "sandi": PASSWORD}).encode()
    entered, _, _ = desk.ask("POST", "/masuk", form, **_FORM, Cookie=cookie)
    if entered != 303:
        report.troubles.append(f"the officer was not let in at the laptop: {entered}")
    report.memory, report.processor = peak(office.process.pid), _processor_of(office.process.pid)
    if report.memory > MOST_MEMORY:
        report.troubles.append(f"the server took {report.memory:.0f} MB")


def _processor_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _compare(
    database: str, held: Sequence[bytes], answers: Sequence[Answer], report: Report
) -> None:
    """What phones were told, and what the register has."""
    with closing(open_register(database)) as store:
        counted = Counter(row[1] for row in register_of(store)["attempt"])
    ours = [json.loads(document)["id"] for document in held]
    served = {
        answer.id
        for answer in answers
        if answer.is_receipt and answer.body["standing"] in {"recorded", "known"}
    }
    said = Counter((answer.status, answer.body.get("standing", "")) for answer in answers)
    if lost := sum(each not in served or not counted[each] for each in ours):
        report.troubles.append(f"{lost} hand-ins were lost: {dict(said)}")
    if doubled := sum(counted[each] > 1 for each in ours):
        report.troubles.append(f"{doubled} hand-ins were counted twice")
    if strange := counted.keys() - set(ours):
        report.troubles.append(f"{len(strange)} attempts are nobody's")
    times = sorted(answer.seconds for answer in answers)
    report.p99, report.slowest = times[int(len(times) * 0.99)], times[-1]


def told(name: str, plan: Plan, report: Report) -> str:
    """A line of the table, and what must never be below it."""
    times = (report.p99, report.slowest, statistics.median(report.pages), max(report.pages))
    cells = "".join(f"{each * 1000:>9.0f}" for each in times)
    did = ", ".join(f"{count} {what}" for what, count in sorted(report.did.items()))
    brought = ", ".join(f"{count} × {status}" for status, count in sorted(report.bombs.items()))
    asked = f"{name:<11}{plan.phones:>7}{plan.addresses:>6}"
    line = f"{asked}{cells}{report.memory:>7.0f}{report.processor:>12.1f}"
    return "\n".join(
        [
            line,
            f"  meanwhile {did}; bombs at the desk: {brought}",
            *(f"  FAILED: {each}" for each in report.troubles),
        ]
    )


def main() -> None:
    plans = (SMALL,) if "--small" in sys.argv else PLANS
    print(
        "database    phones  from  p99 ms  slowest  page ms  slowest     MB processor s", flush=True
    )
    troubles = 0
    with own_server() as server:
        for plan in plans:
            for name in ("SQLite", "PostgreSQL"):
                file = Path(tempfile.mkdtemp(prefix="psm-siege-")) / "register.db"
                report = besiege(
                    str(file) if name == "SQLite" else a_database(server, "kepung"), plan
                )
                troubles += len(report.troubles)
                print(told(name, plan, report), flush=True)
    sys.exit(1 if troubles else 0)


if __name__ == "__main__":
    main()
