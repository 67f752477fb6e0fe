"""`X-Twilio-Signature`: HMAC-SHA1 over the URL and the sorted form. Source: twilio.md section 6.1."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit


def signature(auth_token: str, signed_url: str, form: Iterable[tuple[str, str]]) -> str:
    """Return the signature; repeated fields count once a value, in Unix order of name then value."""
    text = signed_url + "".join(name + value for name, value in sorted(set(form)))
    digest = hmac.new(auth_token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def url_to_sign(url: str, *, is_voice: bool) -> str:
    """Return the URL byte for byte, without user, password and fragment.

    Voice over https loses an explicit port; messages and plain http keep it. Source: twilio.md section 6.1.
    """
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if is_voice and parts.scheme == "https" and parts.port is not None:
        host = host.rpartition(":")[0]
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
