"""The two clients: the hot one gives up early and never retries, the patient one waits for the disk.

A late answer to a screening is a refusal, so no second try could help it.
"""

from typing import Final

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

# A screening may wait 300 ms for the store over both trips (`screening.screen`); no single one lasts as long.
HOT_SECONDS: Final = 0.25
PATIENT_SECONDS: Final = 5.0
MOST_CONNECTIONS: Final = 64


def hot_client(url: str) -> "Redis":
    """Return the client of the screening path: two short trips, no second try."""
    return _client(url, seconds=HOT_SECONDS)


def patient_client(url: str) -> "Redis":
    """Return the client of everything that may wait for the disk."""
    return _client(url, seconds=PATIENT_SECONDS)


def _client(url: str, *, seconds: float) -> "Redis":
    return Redis.from_url(
        url,
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        retry=Retry(NoBackoff(), 0),
        max_connections=MOST_CONNECTIONS,
        health_check_interval=0,
    )
