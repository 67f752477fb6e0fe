"""The CRM's doors: notices in, the list out, faults for testers."""

import threading
from collections.abc import Mapping
from dataclasses import replace

from dialer.clock import utc_now
from dialer.errors import NotAuthenticated, NotFound, RingfenceError, Unreadable
from dialer.sandbox.crm.book import Book, Entry, Trouble, read_trouble
from dialer.sandbox.crm.page import page
from dialer.sandbox.crm.signature import check, new_secret, read_secret
from dialer.sandbox.local_server import LocalServer
from dialer.sandbox.routing import Answer, Request, find, json_answer, missing, refused, route

MOST_SECRETS = 3


class Crm:
    """A running CRM on 127.0.0.1; `close()` it.

    Without `secrets` it makes one and shows it at `GET /secret`, so that a demo can be wired up by itself.
    """

    def __init__(self, secrets: tuple[str, ...] = (), *, port: int = 0) -> None:
        self.book = Book()
        self._made = () if secrets else (new_secret(),)
        self._keys = tuple(read_secret(each) for each in secrets or self._made)
        self._ending = threading.Event()
        self._routes = (
            route("POST", "/", self._take),
            route("POST", "/webhooks", self._take),
            route("GET", "/", lambda _request: page(self.book)),
            route("GET", "/healthz", lambda _request: json_answer({"status": "up"})),
            route("GET", "/received", self._received),
            route("GET", "/contacts/{number}", self._contact),
            route("GET", "/holds", self._holds),
            route("GET", "/secret", self._secret),
            route("POST", "/secret", self._learn),
            route("POST", "/sandbox-faults", self._order),
        )
        self._server = LocalServer(self._dispatch, port)
        self.port, self.url = self._server.port, self._server.url

    def close(self) -> bool:
        """Stop; tell whether the server's thread ended."""
        self._ending.set()
        return self._server.close()

    def _dispatch(self, request: Request) -> Answer:
        handler, parts, exists = find(self._routes, request.method, request.path)
        try:
            return handler(replace(request, parts=parts)) if handler else missing(exists)
        except RingfenceError as error:
            return refused(error)

    def _take(self, request: Request) -> Answer:
        try:
            identity = check(request.headers, request.body, keys=self._keys, now=utc_now())
        except NotAuthenticated:
            self.book.refuse()
            raise
        entry = _entry(identity, request)
        trouble = self.book.next_trouble()
        self._ending.wait(trouble.late_s)
        if (failure := _failure(trouble)) is not None:
            return failure
        is_new = True if trouble.forgets else self.book.take(entry)
        return json_answer({"taken": True, "new": is_new})

    def _received(self, _request: Request) -> Answer:
        shown = [
            {
                "webhook_id": entry.webhook_id,
                "received_at": entry.received_at.isoformat(),
                "deliveries": deliveries,
                "body": entry.body,
            }
            for entry, deliveries in self.book.entries()
        ]
        return json_answer({"received": shown, "refused": self.book.refused})

    def _contact(self, request: Request) -> Answer:
        number = request.parts["number"].replace("%2B", "+")
        held = [entry for entry, _ in self.book.entries() if entry.contact_point == number]
        told = [
            {"id": each.objection, "kind": each.kind, "principal": each.principal, "source": each.source}
            for each in held
        ]
        return json_answer({"contact_point": number, "do_not_call": bool(held), "objections": told})

    def _holds(self, request: Request) -> Answer:
        objection = request.asked("id")
        if not objection:
            raise Unreadable("ask for /holds?id=obj_...")
        if not self.book.holds(objection):
            raise NotFound(f"this CRM does not hold {objection[:40]}")
        return json_answer({"id": objection, "holds": True})

    def _secret(self, _request: Request) -> Answer:
        if not self._made:
            raise NotFound("the secret was given at the start and is not shown")
        return json_answer({"secret": self._made[0]})

    def _learn(self, request: Request) -> Answer:
        given = request.json().get("secret")
        if not isinstance(given, str):
            raise Unreadable('send {"secret": "whsec_..."}')
        self._keys = (read_secret(given), *self._keys)[:MOST_SECRETS]
        return json_answer({"secrets": len(self._keys)}, status=201)

    def _order(self, request: Request) -> Answer:
        self.book.order(read_trouble(request.json()))
        return json_answer({"ordered": True})


def _failure(trouble: Trouble) -> Answer | None:
    if trouble.gone:
        return json_answer({"error": "this CRM no longer takes notices", "status": 410}, status=410)
    if trouble.fail_next <= 0:
        return None
    answer = json_answer({"error": "ordered to fail", "status": trouble.status}, status=trouble.status)
    if trouble.retry_after is None:
        return answer
    return replace(answer, headers=(("Retry-After", str(trouble.retry_after)),))


def _entry(identity: str, request: Request) -> Entry:
    body = request.json()
    told = body.get("data")
    if not isinstance(body.get("type"), str) or not isinstance(told, Mapping):
        raise Unreadable("a notice is {type, timestamp, data}")
    missing_key = next((key for key in ("id", "contact_point") if not isinstance(told.get(key), str)), None)
    if missing_key is not None:
        raise Unreadable(f"data.{missing_key} of the notice is missing")
    principal = told.get("principal")
    return Entry(
        webhook_id=identity,
        received_at=utc_now(),
        objection=str(told["id"]),
        contact_point=str(told["contact_point"]),
        principal=principal if isinstance(principal, str) else None,
        kind=str(told.get("kind", "")),
        source=str(told.get("source", "")),
        body=body,
    )
