"""What a whole list is judged on, read in bulk: pages many at a time, lines only where anything is held."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import numpy as np
from redis import Redis

from dialer.calls.dispositions import RATE_WINDOW, Outcome
from dialer.clock import milliseconds
from dialer.errors import NotFound
from dialer.law.facts import Case, Listing
from dialer.registers.live import LiveRegister
from dialer.screening.question import Question
from dialer.screening.whose import Placed, place
from dialer.scrubbing.arrays import Numbers
from dialer.scrubbing.facts import Basis, BasisGone
from dialer.store import keys
from dialer.store.case import CampaignCalls, attempts_of
from dialer.store.configuration import ConfigurationStore
from dialer.store.gather import ATTEMPTS_WANTED, scores_of, table_of
from dialer.store.held_line import Asked, HeldLine
from dialer.store.hot_line import Command, HotLine, all_well
from dialer.store.line_record import LineRecord
from dialer.store.marked_lines import marked_lines
from dialer.store.registers import RegisterReader, in_force
from dialer.store.safety import Safety
from dialer.store.trouble import kept

# Few enough that a screening never waits long behind one packet: some two milliseconds of the server's time.
_LINES_A_READ: Final = 250


class ListFacts:
    """Fits `scrubbing.facts.Facts`."""

    def __init__(self, redis: "Redis", safety: Safety, configurations: ConfigurationStore) -> None:
        self._redis = redis
        self._safety = safety
        self._configurations = configurations

    def begin(self, question: Question, at: datetime) -> "ListReadings":
        """Read what a scrub rests on, of a store that may be rested on."""
        configuration = self._configurations.current()
        placed = place(question, configuration)
        if placed.campaign is None:
            raise NotFound(
                f"no campaign is called ‘{question.campaign}’; keep it first (PUT /v1/campaigns/{{id}})"
            )
        with kept("looking at the store's safety"):
            info: Any = self._redis.info()
            self._safety.look(info, self._redis.time())
        self._safety.insist()
        with kept("reading which registers are live"):
            believed = in_force(self._redis)
        marked = marked_lines(self._redis)
        basis = Basis(
            at=at,
            epoch=configuration.epoch,
            versions=believed.versions,
            registers=believed.registers,
            washes=believed.washes,
            marked=marked.held,
            needs_dates=configuration.policy.tps_grace == "statutory",
            channel=question.channel or placed.campaign.channel,
            policy=configuration.policy,
        )
        asked = Asked(question, placed, configuration, at, _calls(self._redis, placed, at))
        return ListReadings(self._redis, basis, asked, marked.tried)


class ListReadings:
    """Fits `scrubbing.facts.Readings`."""

    def __init__(self, redis: "Redis", basis: Basis, asked: Asked, tried: Numbers) -> None:
        self._redis = redis
        self._line = HotLine(redis)
        self._registers = RegisterReader(redis)
        self._asked = asked
        self._tried = frozenset(tried.tolist())
        self.basis = basis

    def held_pages(self, register: LiveRegister) -> Numbers:
        """Return the pages that a version has, ascending. One round trip."""
        return np.array(self._registers.page_numbers(register.name, register.held_in), np.int64)

    def pages(self, register: LiveRegister, pages: Sequence[int]) -> Sequence[bytes | None]:
        """Return held pages of a version. One round trip."""
        names = [keys.register_page(register.name, register.held_in, page) for page in pages]
        with kept("reading register pages"):
            reply: list[Any] = all_well(self._line.ask([("MGET", *names)], may_repeat=True))
        found: list[bytes | None] = reply[0]
        # A version that was replaced is deleted a minute later; its missing pages would clear everybody.
        if None in found and not self._is_live(register):
            raise BasisGone(f"register {register.name} was replaced while the list was read; begin again")
        return found

    def _is_live(self, register: LiveRegister) -> bool:
        with kept("reading which registers are live"):
            return bool(self._redis.hget(keys.REGISTERS_LIVE, register.name) == register.version.encode())

    def additions(self, register: LiveRegister, pages: Sequence[int]) -> Sequence[Mapping[int, int]]:
        """Return the additions of these pages. One round trip."""
        return self._registers.additions(register.name, register.held_in, pages)

    def wash_pages(self, pages: Sequence[int]) -> Sequence[bytes | None]:
        """Return pages of wash results; no round trip where there never was a wash."""
        if self.basis.washes is None:
            return [None] * len(pages)
        with kept("reading wash results"):
            found: Any = self._redis.mget([keys.wash_page(page) for page in pages])
        return list(found)

    def plain_case(self, to: str, listings: Mapping[str, Listing]) -> Case:
        """Return the case of a number about which no line says anything. No round trip."""
        return self._asked.case(to, listings, LineRecord())

    def held(self, lines: Sequence[str]) -> "list[HeldLine]":
        """Return what is held about lines, in their order; one round trip in 250 lines."""
        campaign, found = self._asked.placed.campaign, zip(lines, self._read(lines), strict=True)
        principal = campaign.principal if campaign is not None else None
        return [
            HeldLine(self._asked, line, fields, attempts_of(principal, scored))
            for line, (fields, scored) in found
        ]

    def still_stands(self) -> bool:
        """Say whether epoch and versions are those of the basis. Two round trips."""
        with kept("comparing what a list was judged on"):
            epoch: Any = self._redis.get(keys.EPOCH)
            live: Any = self._redis.hgetall(keys.REGISTERS_LIVE)
        versions = tuple(sorted((name.decode(), version.decode()) for name, version in live.items()))
        return int(epoch or 0) == self.basis.epoch and versions == self.basis.versions

    def _read(self, lines: Sequence[str]) -> Iterator[tuple[Mapping[bytes, bytes], Any]]:
        oldest = milliseconds(self.basis.at - ATTEMPTS_WANTED)
        for first in range(0, len(lines), _LINES_A_READ):
            some = lines[first : first + _LINES_A_READ]
            asked: list[Command] = [("HGETALL", keys.line(line)) for line in some]
            tried = [line for line in some if self._may_have_attempts(line)]
            asked += [("ZRANGEBYSCORE", keys.attempts(line), oldest, "+inf", "WITHSCORES") for line in tried]
            with kept("reading what is held about lines"):
                replies = all_well(self._line.ask(asked, may_repeat=True))
            attempts = dict(zip(tried, map(scores_of, replies[len(some) :]), strict=True))
            yield from (
                (table_of(one), attempts.get(line, ())) for line, one in zip(some, replies, strict=False)
            )

    def _may_have_attempts(self, line: str) -> bool:
        """Say whether attempts of a line stand there; of an address nobody looked."""
        number = line.removeprefix("+")
        return not number.isdecimal() or int(number) in self._tried


def _calls(redis: "Redis", placed: Placed, at: datetime) -> CampaignCalls:
    since, until = f"({milliseconds(at - RATE_WINDOW)}", milliseconds(at)
    campaign = placed.campaign_id or ""
    with kept("counting a campaign's calls"):
        live: Any = redis.zcount(keys.campaign_calls(campaign, Outcome.ANSWERED), since, until)
        abandoned: Any = redis.zcount(keys.campaign_calls(campaign, Outcome.ABANDONED), since, until)
    return CampaignCalls(live=int(live), abandoned=int(abandoned))
