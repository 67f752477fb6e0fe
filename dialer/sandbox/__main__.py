"""`python -m dialer.sandbox`: the stand-in as a process of its own."""

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from dialer.errors import Misconfigured, RingfenceError, Unreadable
from dialer.sandbox.account import account_of
from dialer.sandbox.exchange.script import Script, read_script
from dialer.sandbox.server import serve
from dialer.sandbox.setup import Setup


def main(arguments: list[str] | None = None) -> int:
    """Run until SIGTERM or Ctrl-C; prints one JSON line with its address once it listens."""
    options = _options().parse_args(arguments)
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    try:
        environment = _environment()
        setup = read_setup(options, environment)
        sandbox = serve(setup, port=options.port, environment=environment)
    except (RingfenceError, OSError) as error:
        print(f"sandbox: {error}", file=sys.stderr)
        return 1
    print(
        json.dumps({"port": sandbox.port, "url": sandbox.url, "account_sid": setup.account.sid}), flush=True
    )
    ended.wait()
    # What still rings or waits is invented: nothing is lost by ending at once.
    sandbox.close()
    return 0


def read_setup(options: argparse.Namespace, environment: Mapping[str, str]) -> Setup:
    """Return the setup the options and the data file ask for; raises `Misconfigured`."""
    numbers, callees = _data(options.data) if options.data else ((), ())
    return Setup(
        public_url=options.webhooks,
        deliver_to=options.deliver_to,
        account=account_of(environment, sid=options.account_sid, auth_token=options.auth_token),
        numbers=frozenset((*numbers, *options.number)),
        callees=tuple(callees),
        speed=options.speed,
    )


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dialer.sandbox", description="A Twilio to try with.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port (default)")
    parser.add_argument("--webhooks", required=True, metavar="URL", help="public URL of the application")
    parser.add_argument("--deliver-to", metavar="URL", help="where that URL is really reached, if elsewhere")
    parser.add_argument(
        "--data", metavar="FILE", help='JSON: {"numbers": [...], "callees": [{"number", "script"}]}'
    )
    parser.add_argument(
        "--number", action="append", default=[], help="a number of the account's own; repeatable"
    )
    # A command line shows in every process list; the environment does not.
    parser.add_argument("--account-sid", metavar="AC...", help="default: the environment's, else the demo's")
    parser.add_argument("--auth-token", help="likewise")
    parser.add_argument("--speed", type=float, default=1.0, help="story seconds a real second")
    return parser


def _data(path: str) -> tuple[list[str], list[tuple[str, Script]]]:
    try:
        raw = json.loads(Path(path).read_text(encoding="utf-8"))
        numbers = [str(number) for number in raw.get("numbers", [])]
        callees = [(str(each["number"]), read_script(each["script"])) for each in raw.get("callees", [])]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, Unreadable) as error:
        raise Misconfigured(f"--data {Path(path).name} cannot be read: {error}") from error
    return numbers, callees


def _environment() -> Mapping[str, str]:
    """Return the environment and, beneath it, the `.env` the rest of the house would read."""
    written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return written | dict(os.environ)


if __name__ == "__main__":
    sys.exit(main())
