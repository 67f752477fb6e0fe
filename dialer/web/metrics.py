"""`GET /metrics`: what Prometheus reads; counts only, no number and no name of a person.

Ledger lines and notices are counted in the store, so every process tells the same figures: lines since
midnight in London (`rate` takes that for a counter's reset). Requests are timed in each process; with
several, PROMETHEUS_MULTIPROC_DIR joins them. Takes a key unless RINGFENCE_METRICS_OPEN is set.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from flask import Blueprint, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from dialer.clock import london_day, monotonic_seconds
from dialer.errors import CannotKeep
from dialer.people.roles import Role
from dialer.registers.freshness import working_days_missed
from dialer.web.guards import key_of_request, require_role
from dialer.web.health import readiness
from dialer.web.parts import parts_of_app
from dialer.wiring import Parts

# A series a bucket that nobody reads.
disable_created_metrics()  # type: ignore[no-untyped-call]
_OWN: Final = CollectorRegistry()
_REQUESTS: Final = Histogram(
    "ringfence_request_seconds",
    "Time to answer a request, by door.",
    ("door", "method", "status"),
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5),
    registry=_OWN,
)


def blueprint() -> Blueprint:
    """Return the blueprint of `/metrics`, which also times every request of the app."""
    made = Blueprint("metrics", __name__)
    made.add_url_rule("/metrics", "metrics", _metrics, methods=["GET"], provide_automatic_options=False)
    made.before_app_request(_begin)
    made.after_app_request(_end)
    return made


class StoreFigures:
    """Reads the figures that live in the store, at the moment they are asked for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        """Yield every figure; with the store away only that nothing may be dialled."""
        found = readiness(self._parts)
        ready = "1 when calls may be allowed, 0 when all are refused."
        yield GaugeMetricFamily("ringfence_ready", ready, value=float(found.is_ready))
        try:
            yield from (
                self._ledger_lines(),
                self._registers(),
                self._days_missed(),
                self._notices(),
                self._overdue(),
            )
        except CannotKeep:
            return

    def _ledger_lines(self) -> Metric:
        labels = ("verdict", "reason")
        counted = CounterMetricFamily("ringfence_ledger_lines", "Since midnight in London.", labels=labels)
        for place, number in sorted(self._counts().items()):
            counted.add_metric(place, number)
        return counted

    def _counts(self) -> Counter[tuple[str, str]]:
        """Count today's ledger by verdict and reason; an objection counts as one, by its source."""
        counts: Counter[tuple[str, str]] = Counter()
        for tally in self._parts.reports.tallies([london_day(self._parts.clock())]):
            counts[tally.verdict, tally.reason] += tally.count
        return counts

    def _registers(self) -> Metric:
        help_text = "Civil days in London since extraction; absent where never loaded."
        ages = GaugeMetricFamily("ringfence_register_age_days", help_text, labels=("register",))
        today = london_day(self._parts.clock())
        for register in self._parts.registers.registers():
            if register.live is not None:
                ages.add_metric((register.name,), (today - register.live.extracted_on).days)
        return ages

    def _days_missed(self) -> Metric:
        help_text = "Working days whose register file was missed, today's not counted."
        missed = GaugeMetricFamily("ringfence_register_working_days_missed", help_text, labels=("register",))
        today = london_day(self._parts.clock())
        for register in self._parts.registers.registers():
            if register.live is not None:
                missed.add_metric((register.name,), working_days_missed(register.live.extracted_on, today))
        return missed

    def _notices(self) -> Metric:
        labels = ("destination", "state")
        counted = GaugeMetricFamily("ringfence_notices", "Notices, by where they stand.", labels=labels)
        for count in self._parts.outbox.counts():
            counted.add_metric((count.destination, count.state.value), count.number)
        return counted

    def _overdue(self) -> Metric:
        late = self._parts.outbox.oldest_overdue(at=self._parts.clock())
        help_text = "For how long the most overdue notice has been due."
        seconds = late.total_seconds() if late is not None else 0.0
        return GaugeMetricFamily("ringfence_notices_oldest_overdue_seconds", help_text, value=seconds)


def _metrics() -> Response:
    parts = parts_of_app()
    if not parts.settings.metrics_open:
        require_role(key_of_request(parts.configuration.current()), (Role.SUPERVISOR, Role.AUDITOR))
    in_store = CollectorRegistry()
    in_store.register(StoreFigures(parts))
    body = generate_latest(_of_requests()) + generate_latest(in_store)
    return Response(body, content_type=CONTENT_TYPE_LATEST)


def _of_requests() -> CollectorRegistry:
    """Return this process's figures, or all processes' where they share a folder."""
    joined = CollectorRegistry()
    try:
        MultiProcessCollector(joined)  # type: ignore[no-untyped-call]
    except ValueError:
        return _OWN
    return joined


@cache
def _timed(door: str, method: str, status: int) -> Any:
    """Return the series of one door; there are as many as doors, methods and statuses of ours."""
    return _REQUESTS.labels(door, method, status)


def _begin() -> None:
    g.began = monotonic_seconds()


def _end(response: Response) -> Response:
    # The route's own pattern, never the path: a path may hold a number, and each would be a series.
    door: Any = request.url_rule.rule if request.url_rule is not None else "none"
    observe(door, request.method, response.status_code, monotonic_seconds() - g.began)
    return response


def observe(door: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request; `door` is a route's pattern."""
    _timed(door, method, status).observe(seconds)
