"""Clips in Redis: what is known of each, by its call; kept, heard and deleted with a line in the ledger."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from redis import Redis

from dialer.clock import milliseconds
from dialer.consents.approval import Person
from dialer.objections.recordings import Clip, ClipState
from dialer.store import keys
from dialer.store.codec import from_json, to_json
from dialer.store.on_disk import PROVEN, Disk
from dialer.store.trouble import kept

KEPT: Final = "clip"
HEARD: Final = "clip heard"
DELETED: Final = "clip deleted"
_BATCH: Final = 200


class ClipStore:
    """Fits what `objections.keep_clips`, `play_clip` and `clip_retention` need of clips."""

    def __init__(self, redis: "Redis", *, disk: Disk = PROVEN) -> None:
        self._redis = redis
        self._disk = disk

    def of_call(self, call: str) -> tuple[Clip, ...]:
        """Return the clips of one call, the earliest kept first; two round trips where there are any."""
        with kept("reading the clips of a call"):
            names: Any = self._redis.smembers(keys.clips_of_call(call))
        return tuple(sorted(self._read(list(names)), key=lambda clip: (clip.kept_at, clip.id)))

    def due(self, at: datetime) -> tuple[Clip, ...]:
        """Return clips whose time is over by then, the earliest first; at most two hundred."""
        with kept("reading which clips' time is over"):
            names: Any = self._redis.zrange(
                keys.CLIPS_BY_END, "-inf", milliseconds(at), byscore=True, offset=0, num=_BATCH
            )
        return tuple(self._read(names))

    def keep(self, clip: Clip) -> None:
        """Write one down, on disk, with its line in the ledger; the same again changes nothing."""
        self._write(clip, KEPT, at=clip.kept_at, only_new=True)

    def replace(self, clip: Clip, *, at: datetime) -> None:
        """Write one down anew, on disk, with its line in the ledger."""
        self._write(clip, DELETED if clip.state is ClipState.DELETED else KEPT, at=at, only_new=False)

    def keep_hearing(self, clip: Clip, *, by: Person, at: datetime) -> None:
        """Keep in the ledger, on disk, that somebody hears a clip; one round trip."""
        fields = _entry(clip, at) | {"by": by.name, "person": json.loads(to_json(by))}
        with kept("keeping who hears a clip"):
            self._disk.run(
                self._redis,
                "keep_entry",
                what="who hears a clip",
                keys=[keys.LEDGER, keys.line_entries(clip.contact_point)],
                arguments=[HEARD, json.dumps(fields, separators=(",", ":"))],
            )

    def _write(self, clip: Clip, kind: str, *, at: datetime, only_new: bool) -> None:
        is_kept = clip.state is ClipState.KEPT
        with kept("keeping a clip"):
            self._disk.run(
                self._redis,
                "keep_clip",
                what="the clip",
                keys=[
                    keys.clip(clip.id),
                    keys.clips_of_call(clip.call),
                    keys.CLIPS_BY_END,
                    keys.LEDGER,
                    keys.line_entries(clip.contact_point),
                ],
                arguments=[
                    clip.id,
                    to_json(clip),
                    milliseconds(clip.keep_until) if is_kept else "",
                    kind,
                    json.dumps(_entry(clip, at), separators=(",", ":")),
                    "1" if only_new else "",
                ],
            )

    def _read(self, names: Sequence[bytes]) -> list[Clip]:
        if not names:
            return []
        with kept("reading clips"):
            found: Any = self._redis.mget([keys.clip(name.decode()) for name in names])
        return [from_json(Clip, body) for body in found if body is not None]


def _entry(clip: Clip, at: datetime) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(to_json(clip))
    return fields | {"recorded_at": at.isoformat()}
