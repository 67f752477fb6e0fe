"""Every line on which one no stands: where it was written, and wherever a link has carried it since."""

from collections.abc import Iterable, Iterator
from typing import Any

from redis import Redis

from dialer.store import keys
from dialer.store.line_record import LineRecord, read_line
from dialer.store.trouble import kept


def lines_of(redis: "Redis", contact_points: Iterable[str]) -> list[dict[bytes, bytes]]:
    """Return the fields of each line, in their order; one round trip."""
    with kept("reading lines"), redis.pipeline(transaction=False) as pipe:
        for contact_point in contact_points:
            pipe.hgetall(keys.line(contact_point))
        return [dict(fields) for fields in pipe.execute()]


def standing_on(redis: "Redis", name: str, first: Iterable[str]) -> dict[str, int]:
    """Return every line that has the field `name`, with its seq, beginning with the lines in `first`.

    One round trip for each step from line to line of the person. A link made meanwhile changes the seq of the
    line it starts from, so whoever writes only while each seq still stands misses none.
    """
    found: dict[str, int] = {}
    wanted = list(dict.fromkeys(first))
    seen = set(wanted)
    while wanted:
        held = zip(wanted, lines_of(redis, wanted), strict=True)
        standing = {line: read_line(fields) for line, fields in held if name.encode() in fields}
        found |= {line: record.seq for line, record in standing.items()}
        wanted = sorted({other for r in standing.values() for other in _linked_to(redis, r)} - seen)
        seen |= set(wanted)
    return found


def _linked_to(redis: "Redis", record: LineRecord) -> Iterator[str]:
    """Yield the lines that may have got this line's noes: the person's, and the company's."""
    for others in record.links.values():
        yield from others
    for principal, facts in record.facts.items():
        yield from facts.other_lines_of_person
        if facts.company is not None:
            with kept("reading a company's lines"):
                members: Any = redis.smembers(keys.company(principal, facts.company))
            yield from (member.decode() for member in members)
