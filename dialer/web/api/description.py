"""The API's own description: OpenAPI for programs, one page for people; open to all, says nothing secret."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from dialer.errors import RingfenceError
from dialer.web.openapi import document
from dialer.web.parts import parts_of_app

# Nothing is loaded, run or framed; the page's only style is its own, from its own address.
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def add_to(blueprint: Blueprint) -> None:
    """Add `/v1/openapi.json`, `/v1/docs` and the page's style."""
    for rule, view in (("/v1/openapi.json", openapi), ("/v1/docs", docs), ("/v1/docs.css", style)):
        blueprint.add_url_rule(rule, view.__name__, view, methods=["GET"], provide_automatic_options=False)


def openapi() -> Response:
    """Answer the OpenAPI 3.1 document."""
    return jsonify(_described())


def docs() -> Response:
    """Answer the readable page."""
    page = render_template("api/docs.html", api=_described(), problems=tuple(_problem_kinds()))
    return Response(page, headers={"Content-Security-Policy": _POLICY})


def style() -> Response:
    """Answer the page's style."""
    return Response(render_template("api/docs.css"), content_type="text/css; charset=utf-8")


def _described() -> dict[str, Any]:
    return _document(parts_of_app().settings.public_url)


@cache
def _document(server: str) -> dict[str, Any]:
    """Make the description once a process: it takes a tenth of a second and never changes."""
    from dialer.web.api import every_door

    return document(every_door(), server=server)


def _problem_kinds() -> Iterator[tuple[str, int, str]]:
    """Yield each kind of problem: its code, its status and its meaning; the first of a code stands for it."""
    seen: set[str] = set()
    waiting: list[type[RingfenceError]] = list(RingfenceError.__subclasses__())
    while waiting:
        kind = waiting.pop(0)
        waiting.extend(kind.__subclasses__())
        if kind.code not in seen:
            seen.add(kind.code)
            yield kind.code, kind.status, (kind.__doc__ or "").strip()
