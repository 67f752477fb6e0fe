"""`python -m dialer.sandbox.crm`: the demo CRM as a process of its own."""

import argparse
import json
import signal
import sys
import threading

from dialer.errors import RingfenceError
from dialer.sandbox.crm.receiver import Crm


def main(arguments: list[str] | None = None) -> int:
    """Run until SIGTERM or Ctrl-C; prints one JSON line with its address once it listens."""
    parser = argparse.ArgumentParser(prog="python -m dialer.sandbox.crm", description="A demo CRM.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port (default)")
    parser.add_argument(
        "--secret", action="append", default=[], metavar="whsec_...", help="repeatable; default: makes one"
    )
    options = parser.parse_args(arguments)
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    try:
        crm = Crm(tuple(options.secret), port=options.port)
    except (RingfenceError, OSError) as error:
        print(f"crm: {error}", file=sys.stderr)
        return 1
    print(json.dumps({"port": crm.port, "url": crm.url}), flush=True)
    ended.wait()
    crm.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
