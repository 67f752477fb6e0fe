"""How one stand-in is set up: whose webhooks it calls, with which account, and which numbers it owns."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dialer.errors import Misconfigured
from dialer.sandbox.account import DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, Account
from dialer.sandbox.exchange.script import Script
from dialer.sandbox.exchange.tempo import LEAST_SPEED, MOST_SPEED


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Everything a stand-in is told at its start.

    `public_url` is what it signs and calls (no trailing slash); `deliver_to`, when given, is where requests
    to that origin are really sent, as by a proxy. `numbers` are the account's own: empty means that any
    E.164 number may be shown as caller id.
    """

    public_url: str
    account: Account = field(default_factory=lambda: Account(DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN))
    deliver_to: str | None = None
    numbers: frozenset[str] = frozenset()
    callees: tuple[tuple[str, Script], ...] = ()
    speed: float = 1.0
    outgoing_path: str = "/twilio/voice/outgoing"
    incoming_path: str = "/twilio/voice/incoming"
    fallback_path: str = "/twilio/fallback"
    status_path: str = "/twilio/voice/status"
    messages_path: str = "/twilio/messages/incoming"

    def __post_init__(self) -> None:
        """Refuse addresses that are not http(s) origins, so that a typing slip shows at the start."""
        for name, url in (("--webhooks", self.public_url), ("--deliver-to", self.deliver_to)):
            if url is not None and (
                urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname
            ):
                raise Misconfigured(f"{name} must be a URL such as http://127.0.0.1:8000, not {url!r}")
        if not LEAST_SPEED <= self.speed <= MOST_SPEED:
            raise Misconfigured(f"--speed must be {LEAST_SPEED} to {MOST_SPEED:.0f} story seconds a second")

    def webhook(self, path: str) -> str:
        """Return the full address of one of the application's doors."""
        return self.public_url.rstrip("/") + path
