"""A failed test is tried again, in plain sight; more than a few fail the run (decision 0150)."""

from __future__ import annotations

import pytest

ALLOWED = 3  # tests of one run that may need their second try


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.flaky(reruns=1))


def _failed_once(config: pytest.Config) -> list[pytest.TestReport]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("rerun", []) if reporter else []


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if len(_failed_once(session.config)) > ALLOWED and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    failed = _failed_once(config)
    if failed:
        judged = "" if len(failed) <= ALLOWED else f": more than {ALLOWED}, so this run has failed"
        terminalreporter.section(f"{len(failed)} tests needed a second try{judged}")
        for report in failed:
            terminalreporter.line(f"{report.nodeid}: the first try\n{report.longreprtext}")
