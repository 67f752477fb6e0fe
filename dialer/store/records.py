"""Consents, solicitations and relationships: added to a line, never overwritten."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from redis import Redis

from dialer.clock import Clock, utc_now
from dialer.consents.approval import Person, Review, ReviewKind
from dialer.consents.proposal import A_NO_STANDS, AN_AGENT, noes_in_the_way
from dialer.errors import CannotKeep
from dialer.ids import Kind, new_id
from dialer.law.records import Consent, Relationship, Solicitation
from dialer.store import keys
from dialer.store.codec import from_json, to_json
from dialer.store.line_record import LineRecord, read_line
from dialer.store.links import LinkStore
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.trouble import kept

Record = TypeVar("Record", Consent, Solicitation, Relationship)

FIELDS: Final = {Consent: "con", Solicitation: "sol", Relationship: "rel"}
PROPOSED: Final = "pro:"
TURNED_DOWN: Final = "rej:"
NOBODY: Final = Person(kind="terminal", id="", name="")
_KINDS: Final = {
    Consent: ReviewKind.CONSENT,
    Solicitation: ReviewKind.SOLICITATION,
    Relationship: ReviewKind.RELATIONSHIP,
}
_TRIES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Generic[Record]):
    """A record as it is kept. `proposed`: no judge sees it; `review` is what a second person settles.

    `repeated` when this very one was kept before and nothing was written; it is then as it was kept.
    """

    record: Record
    proposed: bool = False
    review: str | None = None
    repeated: bool = False


class RecordStore:
    """Keeps and reads what is held about lines."""

    def __init__(self, redis: "Redis", *, clock: Clock = utc_now, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._clock = clock
        self._disk = disk
        self._links = LinkStore(redis, disk=disk)

    def add(self, record: Record, *, proposed: bool = False, by: Person = NOBODY) -> Record:
        """Keep a record as `keep` does and return it; the one kept before if its id was there already."""
        return self.keep(record, proposed=proposed, by=by).record

    def keep(self, record: Record, *, by: Person, proposed: bool = False) -> Kept[Record]:
        """Keep a record on its line, where no judge looks if it is `proposed` or a no stands in its way.

        Whether a no does is decided on the line as it is when the record is written. Two round trips where
        its person is linked to the line, else three more; a link alone never allows more. Raises Conflict
        when the person already has fifty lines, CannotKeep when it was not written.
        """
        contact_point, person = record.contact_point or "", getattr(record, "person", None)
        if person is not None:
            kind = FIELDS[type(record)]
            self._links.ensure(contact_point, record.principal or "", person, by=kind, at=self._clock())
        for _ in range(_TRIES):
            done = self._try_to_keep(record, by, proposed=proposed)
            if done is not None:
                return done
        raise CannotKeep("the line kept changing while a record was written; nothing was kept; send it again")

    def _try_to_keep(self, record: Record, by: Person, *, proposed: bool) -> Kept[Record] | None:
        """Return the record as it is kept, None if its line changed since it was read."""
        fields, name = self._fields(record.contact_point or ""), f"{FIELDS[type(record)]}:{record.id}"
        before = _kept_before(fields, name, type(record))
        if before is not None:
            return before
        line = read_line(fields)
        noes = noes_in_the_way(record, objections=line.objections, holds=line.holds, consents=line.consents)
        if not proposed and not noes:
            return Kept(record=record) if self._write(record, name, line.seq) else None
        review = _review(record, by, AN_AGENT if proposed else A_NO_STANDS, noes, at=self._clock())
        written = self._write(record, PROPOSED + name, line.seq, review)
        return Kept(record=record, proposed=True, review=review.id) if written else None

    def _write(
        self,
        record: Consent | Solicitation | Relationship,
        field: str,
        seq: int,
        review: Review | None = None,
    ) -> bool:
        contact_point, body, kind = record.contact_point or "", to_json(record), FIELDS[type(record)]
        with kept("keeping a record"):
            reply = self._disk.run(
                self._redis,
                "keep_record",
                what="the record",
                keys=[
                    keys.line(contact_point),
                    keys.LEDGER,
                    keys.line_entries(contact_point),
                    keys.review(review.id if review is not None else ""),
                    keys.REVIEWS_OPEN,
                ],
                arguments=[
                    field,
                    body,
                    kind if review is None else f"proposed-{kind}",
                    body,
                    seq,
                    "" if review is None else review.id,
                    b"" if review is None else to_json(review),
                ],
            )
        return bool(reply[0] == b"DONE")

    def of_line(self, contact_point: str) -> LineRecord:
        """Return everything held about a line or an address; one round trip."""
        return read_line(self._fields(contact_point))

    def _fields(self, contact_point: str) -> dict[bytes, bytes]:
        with kept("reading a line"):
            fields: Any = self._redis.hgetall(keys.line(contact_point))
        return dict(fields)


def _kept_before(fields: dict[bytes, bytes], name: str, kind: type[Record]) -> Kept[Record] | None:
    for prefix in ("", PROPOSED, TURNED_DOWN):
        body = fields.get(f"{prefix}{name}".encode())
        if body is not None:
            return Kept(record=from_json(kind, body), proposed=prefix != "", repeated=True)
    return None


def _review(
    record: Consent | Solicitation | Relationship,
    by: Person,
    why: str,
    noes: tuple[str, ...],
    *,
    at: datetime,
) -> Review:
    return Review(
        id=new_id(Kind.REVIEW, at=at),
        kind=_KINDS[type(record)],
        subject=record.id or "",
        contact_point=record.contact_point or "",
        principal=record.principal,
        proposed_by=by,
        proposed_at=at,
        why=why,
        over=noes,
    )
