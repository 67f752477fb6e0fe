"""Checks on Redis: that it answers in time, keeps what it is given, and has our clock."""

from collections.abc import Iterator

from dialer.checkup.finding import Finding, amber, green, red
from dialer.errors import CannotKeep
from dialer.store.readiness import look_at_store
from dialer.wiring import Parts


def check_store(parts: Parts) -> Iterator[Finding]:
    """Yield the store's standing, as the doors judge it before every call. One round trip."""
    try:
        found = look_at_store(parts.redis, parts.safety)
    except CannotKeep as fault:
        advice = "see that it runs and that RINGFENCE_REDIS_URL names it; until it answers nobody is dialled"
        yield red("redis", fault.message, advice)
        return
    for problem in found.problems:
        yield red("redis", problem, "nobody is dialled until this is mended")
    for warning in found.warnings:
        yield amber("redis", warning, "weigh it; calls go on")
    if not found.problems:
        yield green("redis", f"version {found.version}; records are kept and nothing is evicted")
        yield green("clock", f"{found.skew_seconds * 1000:+.0f} ms between the store's clock and ours")
