"""At the end of full sizes: what each test has measured and counted, without the logs."""

import re

import pytest

from tests.chaos.stage import FULL

LOGGED = re.compile(r"\d{4}-\d\d-\d\d |\{")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not FULL:
        return
    terminalreporter.section("figures")
    for report in terminalreporter.getreports("passed"):
        told = [line for line in report.capstdout.splitlines() if not LOGGED.match(line)]
        if told:
            terminalreporter.write_line(f"{report.nodeid}: {'; '.join(told)}")
