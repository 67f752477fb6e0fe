"""Which addresses a notice may be sent to: public ones, over https, unless a range is allowed by name.

A destination's URL is typed by somebody who may not know, or may not mean, where it leads. So it is read
strictly, its host is resolved once, every address found must pass, and the connection goes to a checked one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from dialer.errors import Refused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LONGEST_URL: Final = 2_000
_PORTS: Final = {"https": 443, "http": 80}
# Closed though Python 3.11's tables call them public: protocol assignments, the 6to4 anycast and newer
# documentation ranges (IANA special-purpose registries, 2025), and Azure's service to its own machines
# (Microsoft, "What is IP address 168.63.129.16?").
_CLOSED: Final = tuple(
    ip_network(text) for text in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "3fff::/20")
)
_ASSIGNED: Final = ip_network("2000::/3")
_TRANSLATED: Final = ip_network("64:ff9b::/96")
_NUMERIC_LABEL: Final = re.compile(r"0x[0-9a-f]*|[0-9]+", re.IGNORECASE)
_HOST_NAME: Final = re.compile(
    r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*"
)


class ForbiddenAddress(Refused):
    """The URL leads where no notice may go; the message says why and never repeats a path or a log-in."""

    code = "forbidden_address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is allowed beyond public https addresses; nothing unless somebody says so."""

    networks: tuple[Network, ...] = ()
    plain_http: bool = False


LOOPBACK_ALLOWED: Final = Allowance(
    networks=(ip_network("127.0.0.0/8"), ip_network("::1/128")), plain_http=True
)


def allowance_for(networks: Iterable[str], *, demo: bool) -> Allowance:
    """Return what one destination is allowed: its own ranges, and in a demo this machine, its receiver's."""
    own = tuple(ip_network(text) for text in networks)
    more = LOOPBACK_ALLOWED if demo else Allowance()
    return Allowance(networks=(*own, *more.networks), plain_http=more.plain_http)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL taken apart: `host` without brackets, in lower case; `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """Return what the Host header says: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def read_target(url: str, allowance: Allowance) -> Target:
    """Take a URL apart, or raise ForbiddenAddress; touches no wire, so a door can ask it too."""
    if len(url) > LONGEST_URL or not url.isascii() or any(c.isspace() or not c.isprintable() for c in url):
        raise ForbiddenAddress(f"a URL must be plain ASCII without spaces, at most {LONGEST_URL} characters")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise ForbiddenAddress(
            "a URL must be https://host[:port]/path; this one cannot be taken apart"
        ) from None
    if parts.scheme not in _PORTS or (parts.scheme == "http" and not allowance.plain_http):
        raise ForbiddenAddress("a URL must begin https://: callees' numbers travel over it")
    if "@" in parts.netloc or "\\" in url:
        raise ForbiddenAddress("a URL must carry no log-in and no backslash")
    if "%" in host:
        raise ForbiddenAddress("a URL's host must name no network interface")
    check_host(host, allowance)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(
        scheme=parts.scheme, host=host, port=_PORTS[parts.scheme] if port is None else port, path=path
    )


def check_host(host: str, allowance: Allowance) -> None:
    """Raise ForbiddenAddress for a host that is neither a name nor an address in its usual, allowed form."""
    try:
        ip_address(host)
    except ValueError:
        last = host.rpartition(".")[2]
        # Resolvers read 127.1, 0177.0.0.1, 0x7f.1 and 2130706433 as addresses; no real name ends like that.
        if _NUMERIC_LABEL.fullmatch(last):
            raise ForbiddenAddress("a URL's host must be a name or an address in its usual form") from None
        if not _HOST_NAME.fullmatch(host):
            raise ForbiddenAddress("a URL's host must be a name or an address") from None
    else:
        check_address(host, allowance)


def check_address(found: str, allowance: Allowance) -> Address:
    """Return an address a notice may go to, or raise ForbiddenAddress saying which kind it is."""
    address = ip_address(found.partition("%")[0])
    for meant in (address, *_carried(address)):
        if any(meant in network for network in allowance.networks if network.version == meant.version):
            continue
        if _is_closed(meant):
            raise ForbiddenAddress(
                f"the host leads to {meant}, which is not a public address; "
                "give a public one, or allow its range for this destination"
            )
    return address


def _is_closed(address: Address) -> bool:
    # A mapped address is judged by the address it carries.
    if isinstance(address, IPv6Address) and (address.ipv4_mapped is not None or address in _TRANSLATED):
        return False
    if any(address in network for network in _CLOSED if network.version == address.version):
        return True
    if isinstance(address, IPv6Address) and address not in _ASSIGNED:
        return True
    return not address.is_global or address.is_multicast or address.is_reserved


def _carried(address: Address) -> tuple[Address, ...]:
    """Return the IPv4 addresses that an IPv6 address carries: mapped, translated, 6to4 and Teredo."""
    if isinstance(address, IPv4Address):
        return ()
    carried: list[Address] = [a for a in (address.ipv4_mapped, address.sixtofour) if a is not None]
    carried.extend(address.teredo or ())
    if address in _TRANSLATED:
        carried.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(carried)
