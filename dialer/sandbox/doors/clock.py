"""The door to the clock: how fast stories run, and how patient webhooks are."""

from dataclasses import replace

from dialer.errors import Unreadable
from dialer.sandbox.exchange.tempo import LEAST_SPEED, MOST_SPEED
from dialer.sandbox.routing import Answer, Request, json_answer
from dialer.sandbox.world import World


def set_clock(world: World, request: Request) -> Answer:
    """Set how fast stories run, how long a call is queued, and (in real seconds) how patient webhooks are."""
    raw = request.json()
    limits = {
        "speed": (LEAST_SPEED, MOST_SPEED),
        "queue_s": (0.0, 3_600.0),
        "webhook_timeout_s": (0.05, 15.0),
    }
    for name, value in raw.items():
        if name not in limits:
            raise Unreadable(f"unknown key {name!r}; the clock takes {', '.join(limits)}")
        least, most = limits[name]
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise Unreadable(f"{name} must be a number from {least} to {most}")
    with world.changing():
        world.tempo.run_at(float(str(raw.get("speed", world.tempo.speed))))
        world.queue_seconds = float(str(raw.get("queue_s", world.queue_seconds)))
        patience = world.callbacks.patience
        limit = float(str(raw.get("webhook_timeout_s", patience.total_seconds)))
        world.callbacks.patience = replace(patience, read_seconds=limit, total_seconds=limit)
        return json_answer(
            {"speed": world.tempo.speed, "queue_s": world.queue_seconds, "webhook_timeout_s": limit}
        )
