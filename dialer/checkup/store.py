"""Checks on Redis: that it answers, that it keeps what it is given, that its clock is ours."""

from collections.abc import Iterator

from dialer.checkup.finding import Finding, amber, green, red
from dialer.clock import utc_now
from dialer.errors import CannotKeep
from dialer.store.safety import standing
from dialer.store.trouble import kept
from dialer.wiring import Parts


def check_store(parts: Parts) -> Iterator[Finding]:
    """Yield the store's standing from INFO and TIME, as the doors judge it before every call."""
    try:
        with kept("looking at the store"), parts.redis.pipeline(transaction=False) as pipe:
            pipe.info()
            pipe.time()
            info, (seconds, microseconds) = pipe.execute()
    except CannotKeep as fault:
        advice = "see that it runs and that RINGFENCE_REDIS_URL names it; until it answers nobody is dialled"
        yield red("redis", fault.message, advice)
        return
    server_time = seconds + microseconds / 1e6
    found = standing(info, server_time=server_time, now=utc_now(), trusted=parts.safety.trusted)
    for problem in found.problems:
        yield red("redis", problem, "nobody is dialled until this is mended")
    for warning in found.warnings:
        yield amber("redis", warning, "weigh it; calls go on")
    if not found.problems:
        yield green("redis", f"version {found.version}; records are kept and nothing is evicted")
        yield green("clock", f"{found.skew_seconds * 1000:+.0f} ms between the store's clock and ours")
