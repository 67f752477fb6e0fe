"""How long an answer stands: a minute, London's midnight, the hours, and what it rests on (8.1)."""

from datetime import datetime, timedelta

from tests.law.second_reading.asked import Asked, Record, instant
from tests.law.second_reading.calendar import closing as hours_close
from tests.law.second_reading.calendar import midnight_after
from tests.law.second_reading.yes import covering, ends, is_at_the_time_asked_for

CHANNEL_OF = {"UK_R19_CONSENT_OK": "automated_call"}


def valid_until(
    asked: Asked,
    grounds: list[str],
    request: Record | None,
    dead_since: datetime | None,
    again: datetime | None,
) -> datetime:
    """Return the earliest of what ends an answer after its own instant."""
    found = [asked.at + timedelta(seconds=60), midnight_after(asked.today), again, closing(asked, request)]
    found += [end for ground in grounds for end in relied_on(asked, ground, request, dead_since)]
    return min(end for end in found if end is not None and end > asked.at)


def closing(asked: Asked, request: Record | None) -> datetime | None:
    """Return when today's hours or the time asked for end, the later of those now open."""
    open_until = [hours_close(asked)]
    if request is not None and is_at_the_time_asked_for(asked.at, request):
        open_until.append(instant(request["window"]["until"]))
    return max((end for end in open_until if end is not None), default=None)


def relied_on(
    asked: Asked, ground: str, request: Record | None, dead_since: datetime | None
) -> list[datetime]:
    """Return when the request or the newest consent that opened the gate ends."""
    if ground.endswith("_SOLICITED") and request is not None:
        return [ends(request)]
    if ground not in {"UK_R21_CLEAR", "UK_R21_4_CONSENT_OVERRIDES"} and not ground.endswith("CONSENT_OK"):
        return []
    held = covering(asked, CHANNEL_OF.get(ground, asked.channel), dead_since)
    if not held:
        return []
    newest = max(held, key=lambda consent: instant(consent["given_at"]))
    return [instant(newest["expires_at"])] if newest.get("expires_at") else []
