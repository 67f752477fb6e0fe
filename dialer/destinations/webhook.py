"""The generic webhook: Standard Webhooks out, a plain GET to ask; last checked against its text 2026-11.

Source: the Standard Webhooks specification (headers, two signatures while a secret rotates, 410 means stop)
and RFC 9110 section 10.2.3 (Retry-After).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Literal, Protocol
from urllib.parse import quote

from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook

from dialer.delivery.answer import Asked, Holding, Outcome, Told, excerpt
from dialer.delivery.destination import Destination
from dialer.delivery.notice import Notice
from dialer.delivery.reply import Reply, Unreachable
from dialer.destinations.credentials import Unseal, as_it_is
from dialer.errors import Misconfigured, Refused

USER_AGENT: Final = "Ringfence/1 (withdrawals)"
GONE: Final = 410
# Said by what stands before the application, or by one that wants to be left alone: nothing gets through.
UNWELL: Final = frozenset({429, 502, 503, 504})
NOT_HELD: Final = frozenset({404, GONE})
SILENCE: Final = timedelta(seconds=60)
_MOST_SECONDS_SAID: Final = 10


class Courier(Protocol):
    """Carries one request."""

    def send(
        self, method: Literal["GET", "POST"], url: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> Reply:
        """Return the answer, or raise Unreachable, or Refused when the URL leads where it may not."""


CourierFor = Callable[[Destination], Courier]


class WebhookAdapter:
    """Fits `delivery.deliver.Adapter` for destinations of kind `webhook`."""

    most_at_once: Final = 1

    def __init__(self, courier_for: CourierFor, *, unseal: Unseal = as_it_is) -> None:
        self._courier_for = courier_for
        self._unseal = unseal
        self._silent_until: dict[str, datetime] = {}

    def tell(self, destination: Destination, notices: Sequence[Notice], *, at: datetime) -> Told:
        """Post the one notice's text, signed at `at`, and say what the answer means."""
        (notice,) = notices
        body = notice.body.encode()
        try:
            headers = signed(self._opened(destination), notice_id=notice.id, body=notice.body, at=at)
            headers["Content-Type"] = "application/json"
            reply = self._courier_for(destination).send("POST", destination.url, headers=headers, body=body)
        except (Refused, Misconfigured) as problem:
            return Told(outcome=Outcome.RETRY, reason=f"not sent: {problem.message}")
        except Unreachable as problem:
            return Told(outcome=Outcome.UNWELL, reason=f"no answer: {problem.message}")
        wish = retry_after(reply.headers.get("retry-after"), at=at)
        return Told(
            outcome=outcome_of(reply.status),
            reason=_reason(reply.status),
            status=reply.status,
            answer=excerpt(reply.body),
            took=reply.took,
            retry_after=wish,
        )

    def confirm(self, destination: Destination, notice: Notice, *, at: datetime) -> Asked:
        """Ask whether it holds the entry: 2xx it does, 404 or 410 it does not, anything else is no answer."""
        if destination.confirm_url is None:
            return Asked(holding=Holding.UNKNOWN, reason="it offers no address to ask")
        if at < self._silent_until.get(destination.id, at):
            return Asked(
                holding=Holding.UNKNOWN, reason="not asked: just now it did not answer another question"
            )
        url = question_url(destination.confirm_url, notice)
        try:
            headers = signed(self._opened(destination), notice_id=notice.id, body="", at=at)
            reply = self._courier_for(destination).send("GET", url, headers=headers)
        except (Refused, Misconfigured, Unreachable) as problem:
            # Questions that wait for a dead address would hold up the notices behind them.
            self._silent_until[destination.id] = at + SILENCE
            return Asked(holding=Holding.UNKNOWN, reason=f"could not ask: {problem.message}")
        return Asked(
            holding=holding_of(reply.status),
            reason=f"asked whether it holds the entry: answered {reply.status}",
            status=reply.status,
            took=reply.took,
        )

    def _opened(self, destination: Destination) -> tuple[str, ...]:
        return tuple(self._unseal(secret, of=destination.id) for secret in destination.secrets)

    def list(self, destination: Destination) -> Iterator[str] | None:  # noqa: ARG002 - other kinds need it
        """Return None: a webhook cannot be asked for all it holds."""
        return None


def signed(secrets: tuple[str, ...], *, notice_id: str, body: str, at: datetime) -> dict[str, str]:
    """Return the headers of one attempt, one signature a secret; raises Misconfigured on an unusable one."""
    try:
        signatures = [Webhook(secret).sign(notice_id, at, body) for secret in secrets]
    except (EmptyWebhookSecretError, ValueError, RuntimeError) as problem:
        raise Misconfigured("the destination's secret is not base64; rotate it") from problem
    if not signatures:
        raise Misconfigured("the destination has no secret to sign with; rotate it")
    return {
        "webhook-id": notice_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
        "User-Agent": USER_AGENT,
    }


def outcome_of(status: int) -> Outcome:
    """Return what an HTTP status means for a notice; redirects are never followed, so they are no success."""
    if 200 <= status <= 299:
        return Outcome.RECEIVED
    if status == GONE:
        return Outcome.GONE
    return Outcome.UNWELL if status in UNWELL else Outcome.RETRY


def holding_of(status: int) -> Holding:
    """Return what an HTTP status means as the answer to a question."""
    if 200 <= status <= 299:
        return Holding.HOLDS
    return Holding.MISSING if status in NOT_HELD else Holding.UNKNOWN


def retry_after(value: str | None, *, at: datetime) -> timedelta | None:
    """Return how long a destination asks to be left alone: seconds or a date; None if it does not say so."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=int(text[:_MOST_SECONDS_SAID]))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(until - at, timedelta(0))


def question_url(confirm_url: str, notice: Notice) -> str:
    """Return where to ask: `{id}` in the address is the objection's id, else it is added as a parameter.

    No number stands in it: addresses end up in logs.
    """
    name = quote(notice.objection, safe="")
    if "{id}" in confirm_url:
        return confirm_url.replace("{id}", name)
    return f"{confirm_url}{'&' if '?' in confirm_url else '?'}id={name}"


def _reason(status: int) -> str:
    if status == GONE:
        return "answered 410: it wants no more notices; mend or remove the destination, then retry"
    if 300 <= status <= 399:
        return f"answered {status}: redirects are not followed; give the final URL"
    return f"answered {status}"
