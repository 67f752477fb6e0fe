"""What a busy centre holds about a line: mostly noes of imported lists, consents, calls without answer.

Each record has its own second, words, reference and person, as in life: hardly two lines are equal as they
are stored. Which lines get what is drawn, and so is how long ago.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.clock import milliseconds
from dialer.consents.line_facts import Mark
from dialer.law.facts import Line, SubscriberKind
from dialer.law.records import (
    Consent,
    Hold,
    Objection,
    Proof,
    Reach,
    Relationship,
    Scope,
    Solicitation,
    SourceChain,
    Window,
    Wording,
)
from dialer.store import keys
from dialer.store.codec import to_json

_FILES: Final = 12


class Held:
    """Draws what is held about one line after another."""

    def __init__(self, now: datetime, *, seed: int) -> None:
        self._now = now
        self._draw = random.Random(seed)
        self._written = 0
        self._line = ""
        self.fields: dict[str, bytes] = {}
        self.attempts: dict[str, int] = {}

    def about(self, line: str) -> None:
        """Draw for a line; two things are held about one line in five."""
        self._line, self.fields, self.attempts = line, {"seq": b"1"}, {}
        for _ in range(1 if self._draw.random() < 0.8 else 2):
            # In hundredths: how common each is.
            kinds: dict[Callable[[], None], int] = {
                self._imported_no: 30,
                self._said_no: 15,
                self._consent: 15,
                self._tried: 20,
                self._customer: 6,
                self._call_back: 5,
                self._known: 4,
                self._marked: 3,
                self._hold: 2,
            }
            self._draw.choices(list(kinds), list(kinds.values()))[0]()

    def keep(self, pipe: "Redis") -> None:
        """Write it as the store holds it."""
        pipe.hset(keys.line(self._line), mapping=self.fields)  # type: ignore[arg-type]
        if self.attempts:
            pipe.zadd(keys.attempts(self._line), self.attempts)

    def _id(self, kind: str) -> str:
        self._written += 1
        return f"{kind}_{self._draw.randrange(10**12):012d}_{self._written}"

    def _ago(self, days: float) -> datetime:
        return self._now - timedelta(seconds=round(self._draw.uniform(0, days * 86_400)))

    def _person(self) -> str | None:
        return f"P{self._draw.randrange(10**7)}" if self._draw.random() < 0.5 else None

    def _put(self, kind: str, record: Any) -> None:
        self.fields[f"{kind}:{record.id}"] = to_json(record)

    def _no(self, at: datetime, source: str, words: str | None, scope: Scope) -> None:
        no = Objection(
            id=self._id("obj"),
            contact_point=self._line,
            person=self._person() if words else None,
            principal=self._draw.choice(("alder", "alder", "birch")),
            operator="beck",
            kind="objection",
            scope=scope,
            effective_at=at,
            recorded_at=at,
            source=source,
            words=words,
        )
        self._put("obj", no)

    def _imported_no(self) -> None:
        read_at = self._now - timedelta(days=30 * self._draw.randrange(1, _FILES))
        self._no(read_at, "import", None, Scope(reach=Reach.PRINCIPAL, channels="voice"))

    def _said_no(self) -> None:
        reach = self._draw.choice((Reach.PRINCIPAL, Reach.PRINCIPAL, Reach.CAMPAIGN, Reach.OPERATOR))
        scope = Scope(reach=reach, channels="voice", campaign="C9" if reach is Reach.CAMPAIGN else None)
        self._no(self._ago(500), "agent", f"not again, please, {self._draw.random():.9f}", scope)

    def _consent(self) -> None:
        given, is_own = self._ago(800), self._draw.random() < 0.75
        consent = Consent(
            id=self._id("con"),
            contact_point=self._line,
            person=self._person(),
            principal="alder",
            named_as="Alder Energy Ltd",
            channels=(Channel.LIVE_CALL, Channel.SMS),
            purposes=(Purpose.GENERAL,),
            given_at=given,
            recorded_at=given + timedelta(seconds=self._draw.randrange(90)),
            method=self._draw.choice(("web_form", "call")),
            wording=Wording(version=f"w{self._draw.randrange(4)}", text="May Alder Energy Ltd ring me?"),
            proof=Proof(kind="form_log", ref=f"forms/{self._id('f')}", sha256=self._draw.randbytes(32).hex()),
            given_by="subscriber",
            source="own" if is_own else "third_party",
            source_chain=None if is_own else SourceChain(collector="Oak Leads", evidence_complete=True),
            specific=True,
            last_interaction_at=self._ago(60) if self._draw.random() < 0.3 else None,
        )
        self._put("con", consent)

    def _tried(self) -> None:
        """Tell a history of calls without answer, some of them to a machine."""
        for _ in range(self._draw.randrange(1, 6)):
            self.attempts[f"{self._id('dec')}|alder"] = milliseconds(self._ago(9)) + self._draw.randrange(999)
        if self._draw.random() < 0.3:
            self.fields["amd:alder"] = b"%d" % milliseconds(self._ago(20))

    def _customer(self) -> None:
        bought = Relationship(
            id=self._id("rel"),
            contact_point=self._line,
            principal="alder",
            kind="sale",
            product_category="boiler_cover",
            own_sale=True,
            collected_at=self._ago(900),
            recorded_at=self._ago(1),
        )
        self._put("rel", bought)
        self._consent()

    def _call_back(self) -> None:
        asked = self._ago(5)
        wanted = Solicitation(
            id=self._id("sol"),
            contact_point=self._line,
            principal="alder",
            topic="solar",
            channels=(Channel.LIVE_CALL,),
            requested_at=asked,
            recorded_at=asked,
            window=Window(from_=asked + timedelta(days=2), until=asked + timedelta(days=2, hours=4)),
            proof=Proof(kind="call", ref=self._id("dec")),
        )
        self._put("sol", wanted)
        self.attempts[f"{self._id('dec')}|alder"] = milliseconds(asked)

    def _known(self) -> None:
        kind = self._draw.choice(tuple(SubscriberKind))
        self.fields["fac:alder"] = to_json(Line(subscriber=kind, person=self._person(), company=None))
        self.fields[f"lnk:alder|{self._person() or 'P1'}"] = b"[]"

    def _marked(self) -> None:
        mark = Mark(
            id=self._id("mrk"),
            contact_point=self._line,
            principal="alder",
            kind=self._draw.choice(("wrong_person", "wrong_person", "deceased", "vulnerable")),
            person=self._person(),
            recorded_at=self._ago(400),
            source="agent",
            by=f"a{self._draw.randrange(200)}",
        )
        self._put("mrk", mark)

    def _hold(self) -> None:
        since = self._ago(1)
        hold = Hold(
            id=self._id("hld"),
            contact_point=self._line,
            principal="alder",
            kind="possible_objection",
            since=since,
            becomes_objection_at=since + timedelta(days=2),
            recorded_at=since,
        )
        self._put("hld", hold)
