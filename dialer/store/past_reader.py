"""The past, read: everything one judgement of an earlier instant may look at, as the same `Case`.

Records count by when they were recorded, facts that change by their history, registers by the newest
snapshot loaded by then, the configuration by its epoch or instant, attempts by the ledger. What is not
there any more is named as missing, never guessed.
"""

from pathlib import Path
from typing import Final

from redis import Redis

from dialer.calls.campaign import Campaign
from dialer.calls.contact_point import read_contact_point
from dialer.errors import CannotKeep, Unreadable
from dialer.screening.past import Decided, Moment, Past
from dialer.screening.question import Question
from dialer.store import keys
from dialer.store.configuration_history import ConfigurationHistory
from dialer.store.line_entries import EntriesOfLine
from dialer.store.past_conduct import PastConduct
from dialer.store.past_line_reader import LineReader, place_of
from dialer.store.past_registers import PastRegisters
from dialer.store.trouble import kept

_TRIES: Final = 3
_NO_LINE: Final = "none"


class PastReader:
    """Fits `screening.past.PastFacts`. One round trip a line for its records, more for old attempts.

    Holds the configuration's history and the registers' deltas; lines asked for in ascending order of their
    numbers read each delta once.
    """

    def __init__(self, redis: "Redis", *, data_dir: Path, default_region: str, drama_mobiles: bool) -> None:
        self._redis = redis
        self._default_region = default_region
        self._drama_mobiles = drama_mobiles
        self._history = ConfigurationHistory(redis)
        self._conduct = PastConduct(redis)
        self._registers = PastRegisters(redis, data_dir=data_dir)

    def gather(self, question: Question, moment: Moment, decided: Decided | None = None) -> Past:
        """Return the facts of one line at a moment: by the clock, or exactly those of a decision."""
        return self.line(question.to).gather(question, moment, decided)

    def campaigns_that_showed(self, caller_id: str) -> tuple[Campaign, ...]:
        """Return every campaign, as it stood then, that was ever dialled under this number."""
        return self._history.showing(caller_id)

    def line(self, to: str) -> LineReader:
        """Read one line, to be asked about many moments; one round trip while the registers stay."""
        contact_point = self._contact_point(to)
        spot = place_of(contact_point)
        for _ in range(_TRIES):
            versions = self._registers.versions()
            with kept("reading a line's past"), self._redis.pipeline(transaction=True) as pipe:
                pipe.hgetall(keys.line(contact_point or _NO_LINE))
                pipe.hgetall(keys.REGISTERS_LIVE)
                self._registers.ask_pages(pipe, spot or (0, 0))
                fields, live, *pages = pipe.execute()
            if {name.decode(): version.decode() for name, version in live.items()} == versions:
                return LineReader(
                    contact_point=contact_point,
                    fields=list(fields.items()),
                    pages=self._registers.pages_of(pages),
                    registers=self._registers.all,
                    entries=EntriesOfLine(self._redis, contact_point or _NO_LINE),
                    history=self._history,
                    conduct=self._conduct,
                )
            self._registers.refresh()
        raise CannotKeep("the registers kept changing while the past was read; ask again")

    def _contact_point(self, text: str) -> str | None:
        try:
            return read_contact_point(
                text, default_region=self._default_region, drama_mobiles=self._drama_mobiles
            )
        except Unreadable:
            return None  # The judge says which rule that breaks; there is no line to read.
