"""What a destination of each kind must have, may have and may not, before it is kept."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final, Protocol

from dialer.courier.mail import read_mail_server
from dialer.delivery.address import Network, allowance_for, read_target
from dialer.delivery.destination import Kind
from dialer.errors import Fault, Unreadable

_KEY_BYTES: Final = range(16, 129)
_PREFIX: Final = "whsec_"
NEEDED: Final[Mapping[Kind, frozenset[str]]] = {
    "webhook": frozenset({"url"}),
    "csv_drop": frozenset(),
    "vicidial": frozenset({"url", "login"}),
    "mailbox": frozenset({"url", "mailbox", "sender"}),
}
_MORE: Final[Mapping[Kind, frozenset[str]]] = {
    "webhook": frozenset({"secrets", "confirm_url", "networks"}),
    "csv_drop": frozenset(),
    "vicidial": frozenset({"campaign", "removes_corrected", "networks"}),
    "mailbox": frozenset({"login", "networks"}),
}
_OF_SOME_KINDS: Final = frozenset().union(*NEEDED.values(), *_MORE.values())
# Ranges that are somebody's own network (RFC 1918, RFC 6598, RFC 4193). Loopback and link-local are this
# machine and its cloud's metadata: no destination is there.
_OWN_NETWORKS: Final = tuple(
    map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"))
)


class Given(Protocol):
    """A destination as it was sent; see `web.api.destinations.DestinationGiven`."""

    @property
    def kind(self) -> Kind:
        """Which kind it is."""

    @property
    def url(self) -> str | None:
        """Where it is."""

    @property
    def confirm_url(self) -> str | None:
        """Where it is asked."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What it is signed with."""

    @property
    def networks(self) -> tuple[str, ...]:
        """Which ranges it may lie in."""


def insist_on_sense(given: Given, *, has_login: bool, demo: bool) -> None:
    """Raise Unreadable with every fault, or ForbiddenAddress for an address no notice may go to."""
    faults = (
        *_of_kind(given, has_login=has_login),
        *_of_networks(given.networks),
        *_of_secrets(given.secrets),
    )
    if faults:
        raise Unreadable(f"a destination of kind {given.kind} cannot be like this", faults=faults)
    allowance = allowance_for(given.networks, demo=demo)
    if given.kind == "mailbox":
        read_mail_server(given.url or "", allowance)
        return
    for url in filter(None, (given.url, given.confirm_url)):
        read_target(url, allowance)


def _of_kind(given: Given, *, has_login: bool) -> Iterator[Fault]:
    is_given = {name: bool(getattr(given, name)) for name in _OF_SOME_KINDS}
    held = is_given | {"login": is_given["login"] or has_login}
    for name in sorted(NEEDED[given.kind]):
        if not held[name]:
            yield Fault(f"/{name}", f"is needed by a destination of kind {given.kind}")
    for name in sorted(_OF_SOME_KINDS - NEEDED[given.kind] - _MORE[given.kind]):
        if is_given[name]:
            yield Fault(f"/{name}", f"means nothing to a destination of kind {given.kind}; leave it out")


def _of_networks(networks: tuple[str, ...]) -> Iterator[Fault]:
    for number, text in enumerate(networks):
        try:
            network = _network(text)
        except ValueError:
            yield Fault(f"/networks/{number}", "must be a range such as 10.20.0.0/16")
            continue
        if not any(_is_within(network, own) for own in _OWN_NETWORKS):
            yield Fault(
                f"/networks/{number}",
                "must lie in a private range: 10/8, 172.16/12, 192.168/16, 100.64/10 or fc00::/7",
            )


def _of_secrets(secrets: tuple[str, ...]) -> Iterator[Fault]:
    for number, secret in enumerate(secrets):
        if not _is_secret(secret):
            yield Fault(f"/secrets/{number}", "must be whsec_ and the base64 of 16 to 128 bytes")


def _network(text: str) -> Network:
    return ip_network(text)


def _is_within(network: Network, own: Network) -> bool:
    if isinstance(network, IPv4Network) and isinstance(own, IPv4Network):
        return network.subnet_of(own)
    return isinstance(network, IPv6Network) and isinstance(own, IPv6Network) and network.subnet_of(own)


def _is_secret(text: str) -> bool:
    try:
        key = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return False
    return text.startswith(_PREFIX) and len(key) in _KEY_BYTES
