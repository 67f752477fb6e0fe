"""Anything that may be held about a line, drawn at random, its instants on a boundary or beside one."""

import random
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, get_args

from dialer.calls.call import Channel
from dialer.clock import milliseconds
from dialer.consents.line_facts import Mark, MarkKind
from dialer.consents.mark_lifting import Lifting
from dialer.law.facts import Line, SubscriberKind
from dialer.law.records import (
    Hold,
    Objection,
    Relationship,
    Solicitation,
    Window,
)
from dialer.objections.corrected import Correction
from dialer.objections.holding import Release
from dialer.registers.washed import LookedUp
from dialer.store import keys
from dialer.store.codec import to_json
from tests.doubles.house import House
from tests.scrubbing.drawing import OTHERS, Drawing


class AnyLine(Drawing):
    """Draws what is held about one line as of an instant."""

    def __init__(self, draw: random.Random, line: str, at: datetime) -> None:
        super().__init__(draw, line, at)
        self.fields: dict[str, bytes] = {"seq": b"1"}
        self.attempts: dict[str, float] = {}

    def keep(self, house: House) -> None:
        """Write it as the store holds it."""
        house.parts.redis.hset(keys.line(self._line), mapping=self.fields)  # type: ignore[arg-type]
        if self.attempts:
            house.parts.redis.zadd(keys.attempts(self._line), self.attempts)

    @property
    def raw(self) -> dict[bytes, bytes]:
        """Return the fields of its HASH as the store reads them."""
        return {name.encode(): body for name, body in self.fields.items()}

    def some(self) -> "AnyLine":
        """Draw one record, or a few that may bear on each other."""
        draws: list[Callable[[], None]] = [
            *(self._consent, self._consent, self._objection, self._objection, self._hold),
            *(self._known, self._mark, self._asked, self._bought, self._tried, self._tried),
            *(self._event, self._link, self._looked_up),
        ]
        for _ in range(self._draw.choice((1, 1, 1, 2, 2, 3))):
            self._draw.choice(draws)()
        return self

    def _put(self, kind: str, record: Any) -> None:
        self.fields[f"{kind}:{record.id}"] = to_json(record)

    def _consent(self) -> None:
        self._put("con", self._any_consent())

    def _objection(self) -> None:
        record = Objection(
            id=self._id("obj"),
            contact_point=self._place(),
            person=self._person(),
            principal=self._principal(),
            operator="beck",
            kind=self._draw.choice(("objection", "withdrawal")),
            scope=self._maybe(self._scope(), 0.9),
            effective_at=self._maybe(self._when(), 0.95),
            recorded_at=self._maybe(self._when(), 0.95),
            source=self._draw.choice(("agent", "import", "text")),
            words=self._maybe(f"no, said at {self._line[-4:]}"),
        )
        self._put("obj", record)
        if self._draw.random() < 0.15:
            ended = Correction(
                id=self._id("rev"), objection=record.id or "", why="misheard", corrected_at=self._when()
            )
            self.fields[f"cor:{record.id}"] = to_json(ended)

    def _hold(self) -> None:
        record = Hold(
            id=self._id("hld"),
            contact_point=self._place(),
            principal=self._principal(),
            campaign=self._draw.choice((None, "C1", "C9")),
            kind=self._draw.choice(("possible_objection", "campaign_refusal")),
            scope=self._maybe(self._scope(), 0.5),
            since=self._when(),
            becomes_objection_at=self._maybe(self._when()),
            recorded_at=self._when(),
        )
        self._put("hld", record)
        if self._draw.random() < 0.3:
            ended = Release(
                id=self._id("rev"),
                hold=record.id or "",
                why="opened_in_error",
                released_at=self._when(),
                by="sam",
            )
            self.fields[f"end:{record.id}"] = to_json(ended)

    def _known(self) -> None:
        record = Line(
            subscriber=self._draw.choice((None, *SubscriberKind)),
            person=self._person(),
            no_contact=self._draw.choice((None, None, None, "deceased")),
            company=self._maybe("CO1", 0.2),
        )
        self.fields[f"fac:{self._principal()}"] = to_json(record)

    def _mark(self) -> None:
        mark = Mark(
            id=self._id("mrk"),
            contact_point=self._place(),
            principal=self._principal(),
            kind=self._draw.choice(get_args(MarkKind)),
            person=self._person(),
            recorded_at=self._when(),
            by="a17",
        )
        self._put("mrk", mark)
        if self._draw.random() < 0.4:
            ended = Lifting(id=self._id("rev"), mark=mark.id, why="wrong_line", lifted_at=self._when())
            self.fields[f"lft:{mark.id}"] = to_json(ended)

    def _asked(self) -> None:
        at = self._when()
        record = Solicitation(
            id=self._id("sol"),
            contact_point=self._line,
            principal="alder",
            topic="solar",
            channels=(Channel.LIVE_CALL,),
            requested_at=at,
            recorded_at=at,
            valid_until=self._maybe(self._when(), 0.3),
            window=self._maybe(Window(from_=self._when(), until=self._when()), 0.4),
        )
        self._put("sol", record)

    def _bought(self) -> None:
        flags = {f.name: self._draw.random() < 0.7 for f in fields(Relationship) if f.type is bool}
        record = Relationship(
            id=self._id("rel"),
            contact_point=self._place(),
            principal=self._principal(),
            kind=self._draw.choice(("sale", "charity", "pension_client")),
            product_category="solar",
            collected_at=self._maybe(self._when()),
            recorded_at=self._when(),
            **flags,
        )
        self._put("rel", record)

    def _tried(self) -> None:
        for _ in range(self._draw.randrange(1, 8)):
            hours = self._draw.choice((1, 23, 24, 24, 47, 72, 167, 168, 168, 190))
            when = self._at - timedelta(hours=hours, seconds=self._draw.choice((-0.001, 0, 0, 0.001, 60)))
            self.attempts[f"{self._id('dec')}|{self._principal()}"] = milliseconds(when)

    def _event(self) -> None:
        hours = self._draw.choice((0, 1, 23, 24, 71, 72, 73, 191, 192, 193, 4_000))
        when = self._at - timedelta(hours=hours, seconds=self._draw.choice((-1, 0, 0, 1)))
        self.fields[f"{self._draw.choice(('abn', 'amd'))}:{self._principal()}"] = b"%d" % milliseconds(when)

    def _link(self) -> None:
        others = b'["%b"]' % self._draw.choice(OTHERS).encode()
        body = self._draw.choice((others, others, b"[]", b"null"))
        self.fields[f"lnk:{self._principal()}|{self._person() or 'P2'}"] = body

    def _looked_up(self) -> None:
        day = (self._at - timedelta(days=self._draw.choice((0, 27, 28, 40)))).date()
        name = self._draw.choice(("tps", "ctps"))
        said = LookedUp(
            register=name,
            listed=self._draw.random() < 0.5,
            checked_on=day,
            provider="oak",
            recorded_at=self._when(),
        )
        self.fields[f"wsh:{name}"] = to_json(said)
