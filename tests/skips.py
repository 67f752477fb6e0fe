"""A pytest plugin: no test is skipped unless it names what this machine lacks."""

import pytest

REASON_TO_SKIP = "needs "


class Skips:
    """Collects the skips that name nothing the machine lacks; any of them fails the run."""

    def __init__(self) -> None:
        self.silent: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            if not reason.removeprefix("Skipped: ").startswith(REASON_TO_SKIP):
                self.silent.append(f"{report.nodeid}: {reason}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.silent and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for skip in self.silent:
            terminalreporter.write_line(f"skipped without saying what it needs: {skip}", red=True)


def pytest_configure(config: pytest.Config) -> None:
    """Watch this run."""
    config.pluginmanager.register(Skips())
