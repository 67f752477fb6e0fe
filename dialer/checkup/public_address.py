"""Checks on the public URL: what Twilio signs must be what Twilio can reach."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from dialer.checkup.finding import Finding, amber, green, red
from dialer.environment import LOOPBACK
from dialer.settings import Settings

PRIVATE_NAMES = (".local", ".internal", ".lan", ".home.arpa", ".localhost", ".test", ".invalid", ".example")


def check_public_address(settings: Settings) -> Iterator[Finding]:
    """Yield whether the URL's shape lets Twilio reach it; nothing is sent."""
    url = urlsplit(settings.public_url)
    host = url.hostname or ""
    if settings.twilio_api_base_url and host in LOOPBACK:
        yield green("public-url", f"{settings.public_url} is for a stand-in on this machine")
    elif why := _unreachable(host):
        advice = "set RINGFENCE_PUBLIC_URL to the https address the world knows, and point the numbers there"
        yield red("public-url", f"Twilio cannot reach {settings.public_url}: {why}", advice)
    elif url.port not in {None, 443}:
        yield amber(
            "public-url", f"port {url.port} is unusual", "see that your proxy and firewall let it through"
        )
    else:
        yield green("public-url", f"{settings.public_url}; signatures are checked against it")


def _unreachable(host: str) -> str | None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        if host in LOOPBACK:
            return "it names this machine"
        if "." not in host or host.endswith(PRIVATE_NAMES):
            return "its name is known inside your network only"
        return None
    return None if address.is_global else "its address is private"
