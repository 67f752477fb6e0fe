"""A centre for the stories of one door each: who works there, who rings or texts, and what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twilio.rest import Client

from dialer.calls.campaign import Notice
from dialer.law.facts import OwnLine
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.screening.own_lines import OwnLineGiven, declare
from dialer.store.configuration import Section
from tests.doubles.centre import Centre, running_centre
from tests.doubles.house import NUMBER, campaign
from tests.journeys.conftest import ask

OURS = "+442079460100"
DESK = "+441134960777"
TYPED = "020 7946 0123"
NOTICE = Notice(wording="A computer listens so that nobody misses it when you say stop.", said_by="message")


@dataclass
class Door:
    """One centre, and everybody who comes to its door."""

    centre: Centre

    def api(self, role: Role, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Ask the JSON API with a key of this role."""
        return ask(method, self.centre.url + path, body, {"Authorization": f"Bearer {role}"})

    def dials(self, *script: dict[str, object], typed: str = TYPED) -> Any:
        """Let the agent dial, the callee behave so; returns the whole story once it is over."""
        self.centre.standin.scripts(NUMBER, *script)
        sid = self.centre.standin.rings_in("client:a17", typed, params={"To": typed, "rf_campaign": "C1"})
        return self.centre.standin.story(sid)

    def rings_back(self, *script: dict[str, object], caller: str = NUMBER) -> Any:
        """Let somebody ring the number that called them; returns the whole story."""
        standin = self.centre.standin
        return standin.story(standin.rings_in(caller, OURS, script=list(script)))

    def texts(self, body: str, **more: str) -> None:
        """Let somebody text the number that called them, and wait until it was answered."""
        sent = {"from": NUMBER, "to": OURS, "body": body, **more}
        status, told = self.centre.standin.post("/sandbox/messages", sent)
        assert status == 201, told

        def is_answered() -> bool:
            listed = self.centre.standin.get("/sandbox/messages")[1]["messages"]
            events = next(each["events"] for each in listed if each["sid"] == told["sid"])
            return any(event["event"] == "answer" for event in events)

        self.centre.standin.until(is_answered)

    def noes(self) -> list[tuple[str | None, str | None]]:
        """Return each objection on the line: how it came, and its words."""
        return [(no.source, no.words) for no in self.centre.house.parts.records.of_line(NUMBER).objections]

    def next_call(self) -> str:
        """Say what the next agent's call comes to: `put through`, or `refused`."""
        story = self.dials({"hang_up": True})
        is_rung = any(leg["to"] == NUMBER for leg in story["legs"])
        assert is_rung is not ("Not dialled." in str(story))
        return "put through" if is_rung else "refused"

    def sdk(self) -> Client:
        """Return Twilio's own client, pointed at the stand-in."""
        account = self.centre.standin.account
        client = Client(account.sid, account.auth_token)
        client.api.base_url = self.centre.standin.url
        return client


@contextmanager
def open_door(redis_url: str, folder: Path, **campaigns: Any) -> Iterator[Door]:
    """Open a centre with one campaign (`campaigns` changes it), an agent, our desk and a key a role."""
    with running_centre(redis_url, folder) as centre:
        house = centre.house
        house.put(Section.CAMPAIGNS, "C1", campaign(return_calls_to=DESK, **campaigns))
        for role in Role:
            agent = "a17" if role is Role.AGENT else None
            key = Key(id=f"key_{role}", name=role, role=role, digest=digest_of(role), agent=agent)
            house.put(Section.KEYS, key.id, key)
        _prove_our_desk(centre)
        yield Door(centre)


def _prove_our_desk(centre: Centre) -> None:
    keeping = centre.house.parts.own_lines
    declare(DESK, OwnLineGiven(kind="transfer", owner="closers"), keeping, by="test")
    held = keeping.own_lines.held(DESK)
    live = type(held)(
        own=OwnLine(kind="transfer", owner="closers", verified=True), code=held.code, seq=held.seq
    )
    at = centre.house.clock()
    assert keeping.own_lines.keep(DESK, live, what="verified", by="test", at=at)
