"""The `ringfence` command: a table of subcommands, each imported only when it is asked for.

`ringfence hear` must not pay for Flask, nor `ringfence --help` for anything. Exit codes are a promise:
0 done, 1 refused or failed, 2 wrong usage; a failure is one line on stderr.
"""

from gettext import gettext
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NoReturn

import click

from dialer.errors import RingfenceError

# Name → module and attribute, one line of help. A subcommand whose module is absent is not offered.
COMMANDS = {
    "up": ("dialer.commands.up:up", "Start everything in the foreground; Ctrl-C stops it."),
    "web": ("dialer.commands.web:web", "Serve the web doors alone."),
    "worker": ("dialer.commands.worker:worker", "Run the RQ worker alone."),
    "timetable": ("dialer.commands.timetable:timetable", "Run the timetable alone."),
    "doctor": ("dialer.commands.doctor:doctor", "Check the installation and say what to do."),
    "screen": ("dialer.commands.screen:screen", "Judge one number, advisory."),
    "what-if": ("dialer.commands.what_if:what_if", "Judge imagined cases, JSON lines in and out."),
    "hear": ("dialer.commands.hear:hear", "Judge transcripts, JSON lines in and out."),
    "scrub": ("dialer.commands.scrub:scrub", "Judge a whole list."),
    "audit": ("dialer.commands.audit:audit", "Judge a past call log."),
    "register": ("dialer.commands.register:register", "Import and list national registers."),
    "consent": ("dialer.commands.consent:consent", "Import consents."),
    "solicitation": ("dialer.commands.solicitation:solicitation", "Import requests to be rung."),
    "relationship": ("dialer.commands.relationship:relationship", "Import sales and support."),
    "line": ("dialer.commands.line:line", "Import what is known of lines."),
    "own-line": ("dialer.commands.own_line:own_line", "Declare our own phones."),
    "list": ("dialer.commands.source_list:source_list", "Import where numbers came from."),
    "suppress": ("dialer.commands.suppress:suppress", "Import suppressions."),
    "notices": ("dialer.commands.notices:notices", "See and steer what other systems are told."),
    "backup": ("dialer.commands.backup:backup", "Write everything held to one sealed file."),
    "restore": ("dialer.commands.backup:restore", "Put a backup into an empty data folder."),
    "wipe": ("dialer.commands.backup:wipe", "Delete all that a data folder holds."),
    "report": ("dialer.commands.report:report", "Print reports."),
    "key": ("dialer.commands.key:key", "Create and revoke API keys."),
    "user": ("dialer.commands.user:user", "Create console log-ins."),
    "demo": ("dialer.commands.demo:demo", "Load invented data into a demo folder."),
}


class Failure(click.ClickException):
    """A refusal or failure, as the command line shows it: one line on stderr, exit 1."""

    def show(self, file: Any = None) -> None:
        """Write the line."""
        click.echo(f"ringfence: {self.format_message()}", file=file, err=file is None)


class LazyGroup(click.Group):
    """A group whose subcommands are imported by name, when they are run or their own help is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the subcommands that this installation has, in the table's order."""
        return [name for name, (place, _) in COMMANDS.items() if find_spec(place.partition(":")[0])]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one subcommand; None for a name that is not in the table."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table's lines, so that help imports nothing."""
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; our errors and the system's become one line and exit 1."""
        try:
            return super().invoke(ctx)
        except RingfenceError as error:
            raise Failure(_one_line(error)) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            place = f" ({error.filename})" if error.filename else ""
            raise Failure(f"{error.strerror or error}{place}") from error


def _one_line(error: RingfenceError) -> str:
    faults = "; ".join(f"{fault.pointer}: {fault.detail}" for fault in error.faults)
    return " ".join(f"{error.message}: {faults}".split()) if faults else " ".join(error.message.split())


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ringfence")
def ringfence() -> None:
    """Keep UK marketing calls and texts lawful: the gate between a dialer and Twilio."""


def main() -> NoReturn:
    """Run the command line and exit; Ctrl-C ends it without a traceback."""
    ringfence(prog_name="ringfence")
    raise SystemExit(0)
