"""A centre that records and listens, with keys for its people, and a worker that does what is due."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twilio.rest import Client

from dialer.calls.campaign import Notice
from dialer.objections.clip_retention import delete_old_clips
from dialer.objections.keep_clips import keep_clips
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.sandbox.account import DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN
from dialer.store.configuration import Section
from dialer.wiring.clips import clip_work, retention
from tests.doubles.centre import Centre, running_centre
from tests.doubles.house import NUMBER, campaign

OURS = "+442079460100"
TYPED = "020 7946 0123"
NO = "please take me off your list"
TOLD = Notice(wording="Our calls are recorded and a machine listens for a no.", said_by="agent")


@dataclass
class Answer:
    """What a door answered: its status, its JSON, or its bytes where it is something else."""

    status: int
    body: Any
    media_type: str


@dataclass
class Recorded:
    """The centre, asked by its people, with its worker and the official library as its account's owner."""

    centre: Centre

    @property
    def twilio(self) -> Client:
        """Twilio's own library, on the stand-in."""
        client = Client(DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN)
        client.api.base_url = self.centre.standin.url
        return client

    def asks(self, role: Role, method: str, path: str, body: Any = None) -> Answer:
        """Somebody of this role asks the API."""
        request = urllib.request.Request(
            self.centre.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {role}", "Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return _answer(answer.status, answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return _answer(refusal.code, refusal)

    def calls(self, *script: dict[str, object], in_campaign: str = "C1") -> Any:
        """An agent dials and the callee behaves so; returns the story once everything was told."""
        sid = self.begins(*script, in_campaign=in_campaign)
        return self.centre.standin.story(sid)

    def begins(self, *script: dict[str, object], in_campaign: str = "C1") -> str:
        """An agent dials and the callee behaves so; returns the call's sid at once."""
        self.centre.standin.scripts(NUMBER, *script)
        params = {"To": TYPED, "rf_campaign": in_campaign}
        return self.centre.standin.rings_in("client:a17", TYPED, params=params)

    def works(self) -> int:
        """The worker does what is due; returns how many clips are new."""
        parts = self.centre.house.parts
        work = clip_work(parts)
        due = parts.clips.recordings.take_due(parts.clock())
        return sum(keep_clips(name, work) for name in due)

    def tidies(self) -> int:
        """The timetable deletes clips whose time is over; returns how many."""
        parts = self.centre.house.parts
        return delete_old_clips(retention(parts), parts.clock())

    def objections(self) -> list[str]:
        """The ids of the noes that stand on the line."""
        return [no.id or "" for no in self.centre.house.parts.records.of_line(NUMBER).objections]

    def reviews(self) -> list[Any]:
        """What waits for a person."""
        return list(self.asks(Role.SUPERVISOR, "GET", "/v1/reviews?kind=opt_out").body["items"])

    def ledger(self, kind: str) -> list[dict[str, Any]]:
        """What the ledger says of one kind, the oldest first."""
        found = self.centre.house.parts.redis.xrange("rf:ledger")
        return [json.loads(fields[b"d"]) for _, fields in found if fields[b"k"] == kind.encode()]


@contextmanager
def recorded_centre(redis_url: str, tmp_path: Path, **changed: Any) -> Iterator[Recorded]:
    """Serve a centre whose campaign C1 records for proof and listens; `changed` is the campaign's."""
    with running_centre(redis_url, tmp_path) as centre:
        plain = {"hearing": "live", "recording": "opt_out_clip", "notice": TOLD}
        centre.house.put(Section.CAMPAIGNS, "C1", campaign(**{**plain, **changed}))
        for role in (Role.AGENT, Role.SUPERVISOR, Role.AUDITOR, Role.DIALER):
            agent = "a17" if role is Role.AGENT else None
            key = Key(id=f"key_{role}", name=role, role=role, digest=digest_of(role), agent=agent)
            centre.house.put(Section.KEYS, key.id, key)
        yield Recorded(centre)


def _answer(status: int, answer: Any) -> Answer:
    media_type = answer.headers.get_content_type()
    body = answer.read()
    is_json = media_type.endswith("json")
    return Answer(status, json.loads(body or b"null") if is_json else body, media_type)
