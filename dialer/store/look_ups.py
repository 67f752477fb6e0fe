"""What a look-up provider said of a line, on the line's own HASH: the one gather of a screening reads it."""

from collections.abc import Sequence
from datetime import datetime

from redis import Redis

from dialer.registers.washed import LookedUp
from dialer.store.amendment import Amendment, Draft, amend
from dialer.store.codec import to_json
from dialer.store.line_record import LOOKED_UP
from dialer.store.on_disk import PROVEN, Disk


class LookUpStore:
    """Fits `screening.looking_up.Kept`."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk

    def keep(self, contact_point: str, found: Sequence[LookedUp], *, at: datetime) -> None:
        """Keep answers in the place of older ones, which stay in the line's history; one round trip.

        It rests on nothing that stands on the line, so no change there stops it. Raises CannotKeep.
        """
        draft = Draft()
        for one in found:
            draft.put(contact_point, f"{LOOKED_UP.decode()}:{one.register}", to_json(one))
        fields = {
            "contact_point": contact_point,
            "provider": found[0].provider,
            "checked_on": found[0].checked_on.isoformat(),
            "listed": {one.register: one.listed for one in found},
            "recorded_at": at.isoformat(),
        }
        amendment = Amendment(lines=draft.lines(), kind="look-up", fields=fields)
        amend(self._redis, amendment, at=at, disk=self._disk)
