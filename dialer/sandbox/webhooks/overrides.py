"""The connection overrides people put behind `#` in a webhook URL. Source: twilio.md section 6.5."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long one webhook may take, in real seconds, and what is tried again how often."""

    connect_seconds: float = 5.0
    read_seconds: float = 15.0
    total_seconds: float = 15.0
    retries: int = 1
    retried: frozenset[str] = frozenset({"ct"})


class BadOverride(ValueError):
    """An override Twilio would not take; `code` is its error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def patience_for(url: str, *, default: Patience) -> Patience:
    """Return the patience a URL asks for; raises `BadOverride` for a value out of range."""
    asked = {name: values[-1] for name, values in parse_qs(urlsplit(url).fragment).items()}
    return Patience(
        connect_seconds=_seconds(asked, "ct", 10_000, default.connect_seconds),
        read_seconds=_seconds(asked, "rt", 15_000, default.read_seconds),
        total_seconds=_seconds(asked, "tt", 15_000, default.total_seconds),
        retries=_whole(asked, "rc", range(6), default.retries),
        retried=_policy(asked, default.retried),
    )


def _seconds(asked: dict[str, str], name: str, most: int, default: float) -> float:
    if name not in asked:
        return default
    return _whole(asked, name, range(100, most + 1), 0) / 1000


def _whole(asked: dict[str, str], name: str, allowed: range, default: int) -> int:
    if name not in asked:
        return default
    if not asked[name].isdecimal() or int(asked[name]) not in allowed:
        raise BadOverride(
            11243 if name == "rp" else 11100, f"override {name} must be {allowed[0]} to {allowed[-1]}"
        )
    return int(asked[name])


def _policy(asked: dict[str, str], default: frozenset[str]) -> frozenset[str]:
    if "rp" not in asked:
        return default
    policy = frozenset(asked["rp"].split(","))
    if not policy <= {"all", "4xx", "5xx", "ct", "rt"}:
        raise BadOverride(11243, "override rp takes ct, rt, 4xx, 5xx and all")
    return policy if "all" not in policy else frozenset({"4xx", "5xx", "ct", "rt"})
