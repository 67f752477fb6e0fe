"""One run through a list: block by block read, judged and written, its progress kept beside the result."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from dialer.calls.call import Channel
from dialer.files.number_cell import NumberReading
from dialer.law.statute_book import StatuteBook
from dialer.scrubbing.answers import Answers
from dialer.scrubbing.checkpoint import Checkpoint, write_checkpoint
from dialer.scrubbing.columns import columns_of, columns_of_addresses, country_column, name_of
from dialer.scrubbing.facts import Readings
from dialer.scrubbing.hands import worked_on
from dialer.scrubbing.judging import Judging
from dialer.scrubbing.list_file import OpenedList, open_list
from dialer.scrubbing.outcome import Outcomes
from dialer.scrubbing.reading import ColumnReader
from dialer.scrubbing.rows import cut_rows
from dialer.scrubbing.shape import shaped
from dialer.scrubbing.waterfall import Waterfall

# A tenth of a second's work each; what is lost by a kill is at most so many blocks.
BLOCKS_A_CHECKPOINT: Final = 8


# Follows a scrub: told how many bytes of how many of the list are done, as it lies on disk, and the rows.
# What it raises ends the scrub, which goes on from its last checkpoint next time.
Watch = Callable[[int, int, int], None]


@dataclass(slots=True, kw_only=True)
class Run:
    """One run on one basis. `order` is what the checkpoint is compared by."""

    readings: Readings
    book: StatuteBook
    part: Path
    checkpoint: Path
    order: dict[str, Any]
    begun_at: datetime
    watch: Watch
    hands: int
    outcomes: Outcomes = field(default_factory=Outcomes)

    def through(
        self, source: Path, named: Sequence[str], reading: NumberReading, begun: Checkpoint | None
    ) -> tuple[Waterfall, tuple[str, ...]]:
        """Write the whole result into `part`, from `begun` on; returns waterfall and columns' names."""
        listed = open_list(source, folder=self.part.parent)
        with _seldom_collected(), listed as opened, self._part(begun) as out:
            columns = self._columns(opened, named, reading)
            counted = begun.waterfall if begun is not None else Waterfall()
            work = _Work(self, opened, columns, reading)
            if begun is None:
                out.write(work.titles())
            done = begun.blocks if begun is not None else 0
            blocks = islice(opened.blocks(), done, None)
            for number, judged in enumerate(worked_on(blocks, work, hands=self.hands), start=done + 1):
                out.write(judged.lines)
                counted.add(judged.counted)
                if number % BLOCKS_A_CHECKPOINT == 0:
                    self._keep(number, out, counted)
                self.watch(*opened.read, counted.rows)
            out.flush()
            os.fsync(out.fileno())
        return counted, tuple(name_of(opened, column) for column in columns)

    def _columns(self, opened: OpenedList, named: Sequence[str], reading: NumberReading) -> tuple[int, ...]:
        if self.readings.basis.channel is Channel.EMAIL:
            return columns_of_addresses(opened, named)
        return columns_of(opened, named, reading)

    def _part(self, begun: Checkpoint | None) -> IO[bytes]:
        if begun is None:
            # For this user alone: it holds people's numbers.
            return os.fdopen(os.open(self.part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        out = self.part.open("r+b")
        out.truncate(begun.written)
        out.seek(begun.written)
        return out

    def _keep(self, blocks: int, out: IO[bytes], counted: Waterfall) -> None:
        out.flush()
        kept = Checkpoint(
            order=self.order,
            at=self.readings.basis.at,
            begun_at=self.begun_at,
            blocks=blocks,
            written=out.tell(),
            waterfall=counted,
        )
        write_checkpoint(self.checkpoint, kept)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for rings of garbage seldom: cases leave none, and looking took a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A block's rows with their answers, and what was counted of them."""

    lines: bytes
    counted: Waterfall


class _Work:
    """What is done to each block of one list."""

    def __init__(
        self,
        run: Run,
        opened: OpenedList,
        columns: tuple[int, ...],
        reading: NumberReading,
    ) -> None:
        self._opened = opened
        self._columns = columns
        self._country = country_column(opened)
        self._width = len(opened.titles) or max(map(len, opened.sample), default=1)
        is_address = run.readings.basis.channel is Channel.EMAIL
        self._reader = ColumnReader(reading, addresses=is_address, is_only_column=len(columns) == 1)
        self._judging = Judging(run.readings, run.book, run.outcomes)
        self._answers = Answers(
            run.outcomes,
            [name_of(opened, column) for column in columns],
            delimiter=opened.delimiter,
            newline=opened.newline,
            blank=self._judging.blank,
        )

    def titles(self) -> bytes:
        """Return how the result begins."""
        opened = self._opened
        return opened.mark + (b"" if opened.header is None else opened.header + self._answers.titles())

    def read_share(self, share: int, of: int) -> None:
        """Read one of several equal shares of the registers."""
        self._judging.said.read_share(share, of)

    def all_is_read(self) -> None:
        """Take it that every share was read."""
        self._judging.said.all_is_read()

    def done(self, block: bytes) -> _Judged:
        """Return the rows of a block with their answers."""
        rows, counted = cut_rows(block, self._opened.delimiter), Waterfall()
        if not len(rows):
            return _Judged(b"", counted)
        shape = shaped(rows, self._width, has_titles=bool(self._opened.titles))
        read = [
            self._reader.read(rows, column, country=self._country, wrong=shape.wrong)
            for column in self._columns
        ]
        told = self._answers.written([self._judging.outcomes_of(each) for each in read], counted)
        # Lines and answers in turn, joined at once: a row is never made for itself.
        both: list[bytes] = [b""] * (2 * len(rows))
        both[::2], both[1::2] = shape.lines, told.tolist()
        return _Judged(b"".join(both), counted)
