"""Our own phones in Redis: on the line's own HASH, so that the one gather of a screening reads them."""

from datetime import datetime
from typing import Any

from redis import Redis

from dialer.screening.own_lines import CodeRung, Held
from dialer.store import keys
from dialer.store.amendment import Amendment, Draft, amend
from dialer.store.codec import from_json, to_json
from dialer.store.line_record import read_line
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.trouble import kept

_OWN = "own"
_CODE = "ownc"


class OwnLineStore:
    """Fits `screening.own_lines.OwnLines`."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk

    def held(self, number: str) -> Held:
        """Return what stands for a number; one round trip."""
        with kept("reading an own line"):
            fields: Any = self._redis.hgetall(keys.line(number))
        record = read_line(fields)
        code = fields.get(_CODE.encode())
        rung = from_json(CodeRung, code) if code is not None else CodeRung()
        return Held(own=record.own_line, code=rung, seq=record.seq)

    def keep(self, number: str, held: Held, *, what: str, by: str, at: datetime) -> bool:
        """Keep it with its ledger line, which never holds a code; False if the line changed meanwhile."""
        draft = Draft()
        draft.rests_on(number, held.seq)
        if held.own is not None:
            draft.put(number, _OWN, to_json(held.own))
        draft.put(number, _CODE, to_json(held.code))
        own = held.own
        fields = {
            "contact_point": number,
            "what": what,
            "kind": own.kind if own else None,
            "owner": own.owner if own else None,
            "verified": own.verified if own else False,
            "by": by,
            "recorded_at": at.isoformat(),
        }
        amendment = Amendment(lines=draft.lines(), kind="own-line", fields=fields)
        return amend(self._redis, amendment, at=at, disk=self._disk)
