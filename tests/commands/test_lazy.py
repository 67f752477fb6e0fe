"""The command line imports only what it runs, and its exit codes and error line are a promise."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dialer import commands
from dialer.commands import COMMANDS, LazyGroup, ringfence
from dialer.errors import Fault, Refused

HEAVY = ("flask", "granian", "twilio", "redis", "rq", "pydantic", "phonenumbers", "rich")


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "dialer.commands", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def group_that_runs(command: click.Command) -> click.Group:
    group = LazyGroup(name="ringfence")
    group.add_command(command)
    group.get_command = lambda ctx, cmd_name: command  # type: ignore[method-assign]
    return group


def test_help_imports_no_subcommand_and_nothing_heavy() -> None:
    watched = [place.partition(":")[0] for place, _ in COMMANDS.values()]
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom dialer.commands import ringfence\n"
        "assert CliRunner().invoke(ringfence, ['--help']).exit_code == 0\n"
        f"print([name for name in {[*HEAVY, *watched]} if name in sys.modules])"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "[]"


@pytest.mark.parametrize("name", [name for name in COMMANDS if name in ringfence.list_commands(None)])  # type: ignore[arg-type]
def test_every_command_offered_can_be_imported_and_explains_itself(name: str) -> None:
    asked = CliRunner().invoke(ringfence, [name, "--help"])
    assert asked.exit_code == 0, asked.output
    assert asked.output.startswith("Usage:")


def test_a_command_whose_module_is_absent_is_not_offered() -> None:
    COMMANDS["nonesuch"] = ("dialer.commands.nonesuch:nonesuch", "Not there.")
    try:
        assert "nonesuch" not in CliRunner().invoke(ringfence, ["--help"]).output
        assert CliRunner().invoke(ringfence, ["nonesuch"]).exit_code == 2
    finally:
        del COMMANDS["nonesuch"]


def test_a_refusal_is_one_line_on_stderr_and_exit_1() -> None:
    @click.command()
    def refuse() -> None:
        raise Refused("the file\nshrank", faults=(Fault("line 3", "no number"),))

    asked = CliRunner().invoke(group_that_runs(refuse), ["refuse"])
    assert (asked.exit_code, asked.stderr, asked.stdout) == (
        1,
        "ringfence: the file shrank: line 3: no number\n",
        "",
    )


def test_a_file_that_cannot_be_opened_is_named_on_one_line() -> None:
    @click.command()
    def read() -> None:
        Path("/nonexistent/file").read_text()

    asked = CliRunner().invoke(group_that_runs(read), ["read"])
    assert (asked.exit_code, asked.stderr) == (
        1,
        "ringfence: No such file or directory (/nonexistent/file)\n",
    )


def test_ctrl_c_leaves_no_traceback() -> None:
    @click.command()
    def wait() -> None:
        raise KeyboardInterrupt

    asked = CliRunner().invoke(group_that_runs(wait), ["wait"])
    assert (asked.exit_code, "Traceback" in asked.output) == (1, False)


def test_wrong_usage_exits_2_and_the_version_is_told() -> None:
    assert run("--no-such-option").returncode == 2
    assert run("--version").stdout.startswith("ringfence, version ")


def test_a_mistake_of_ours_keeps_its_traceback() -> None:
    @click.command()
    def slip() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(group_that_runs(slip), ["slip"], catch_exceptions=False)
    assert commands.Failure("x").exit_code == 1
