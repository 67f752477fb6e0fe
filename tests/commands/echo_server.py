"""`python -m tests.commands.echo_server`: serves, as `ringfence web` does, an app that shows its environ."""

import json
import os
from collections.abc import Callable, Iterable

from dialer.commands.web import serve
from dialer.settings import read_settings


def load_echo() -> Callable[..., Iterable[bytes]]:
    """Make an app that answers with all it can see, and with its process's number."""

    def app(environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        seen = {name: str(value) for name, value in {**os.environ, **environ}.items()}
        return [json.dumps({"pid": os.getpid(), "seen": seen}).encode()]

    return app


if __name__ == "__main__":
    serve(read_settings(), load_echo)
