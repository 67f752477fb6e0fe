"""Is this really Twilio? Its signature over our public address, the raw query and the form.

The address is built from RINGFENCE_PUBLIC_URL, the route's own path and the raw query string, never from
what the request says of its host, and never decoded: a decoded `%2F` breaks genuine signatures.
Source: Twilio, webhooks security (2026); the canonical string and the port rule as in twilio.md 6.1.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qs, urlsplit

_DEFAULT_PORTS: Final = {"https": "443", "http": "80"}
_PORT: Final = re.compile(r":[0-9]+$")
_ALGORITHMS: Final = {"HMAC_SHA1": hashlib.sha1, "HMAC_SHA256": hashlib.sha256}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRequest:
    """What was signed. `form` holds every pair in any order; `body` is only needed for a JSON webhook."""

    url: str
    form: Sequence[tuple[str, str]]
    signature: str | None
    settings: str | None = None
    body: bytes | None = None


def is_genuine(
    request: SignedRequest, *, auth_tokens: Iterable[str], shared_keys: Mapping[str, str] | None = None
) -> bool:
    """Say whether one of our secrets signed this request; a missing header or secret is no.

    `auth_tokens` are tried in turn, two while one is rotated. `shared_keys` are secrets by key id, for the
    scheme of 2026 that names its key in a header; an algorithm or key we do not know is no.
    """
    if not request.signature:
        return False
    signature = request.signature.encode("utf-8", "replace")
    fields = canonical("", request.form)
    for secret, algorithm in _secrets(request.settings, auth_tokens, shared_keys or {}):
        for address in _addresses(request.url):
            signed = address.encode("utf-8", "surrogatepass") + fields
            expected = base64.b64encode(hmac.digest(secret.encode(), signed, algorithm))
            if hmac.compare_digest(expected, signature):
                return _body_fits(request)
    return False


def canonical(url: str, form: Sequence[tuple[str, str]]) -> bytes:
    """Return what Twilio signs: the address, then each name with each of its distinct values, sorted."""
    return (url + "".join(name + value for name, value in sorted(set(form)))).encode("utf-8", "surrogatepass")


def _secrets(
    settings: str | None, auth_tokens: Iterable[str], shared_keys: Mapping[str, str]
) -> list[tuple[str, str]]:
    if settings is None:
        return [(token, "sha1") for token in auth_tokens if token]
    said = dict(part.strip().partition("=")[::2] for part in settings.split(","))
    secret = shared_keys.get(said.get("key", ""))
    algorithm = said.get("algorithm", "HMAC_SHA1")
    if secret is None or algorithm not in _ALGORITHMS:
        return []
    return [(secret, _ALGORITHMS[algorithm]().name)]


@lru_cache(maxsize=256)
def _addresses(url: str) -> tuple[str, ...]:
    """Return the address with and without its port: voice over https is signed without, messages with."""
    scheme, slashes, rest = url.partition("://")
    netloc = re.split(r"[/?#]", rest, maxsplit=1)[0]
    # Twilio leaves user and password out of what it signs.
    host = netloc.rpartition("@")[2]
    bare = _PORT.sub("", host)
    port = host[len(bare) + 1 :] or _DEFAULT_PORTS.get(scheme)
    tail = rest[len(netloc) :]
    hosts = (bare, f"{bare}:{port}") if port else (bare,)
    return tuple(f"{scheme}{slashes}{name}{tail}" for name in hosts)


def _body_fits(request: SignedRequest) -> bool:
    """A JSON webhook carries the body's digest in its signed query; without one there is nothing to check."""
    claimed = parse_qs(urlsplit(request.url).query).get("bodySHA256") if "?" in request.url else None
    if claimed is None:
        return not request.body or bool(request.form)
    actual = hashlib.sha256(request.body or b"").hexdigest()
    return hmac.compare_digest(actual.encode(), claimed[0].lower().encode())
