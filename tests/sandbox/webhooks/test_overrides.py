"""Connection overrides behind `#`: read, and refused out of their ranges."""

import pytest

from dialer.sandbox.webhooks.overrides import BadOverride, Patience, patience_for

DEFAULT = Patience()


@pytest.mark.parametrize(
    ("fragment", "patience"),
    [
        ("", DEFAULT),
        ("#rc=0", Patience(retries=0)),
        ("#rc=5&rp=5xx,rt", Patience(retries=5, retried=frozenset({"5xx", "rt"}))),
        ("#rp=all", Patience(retried=frozenset({"4xx", "5xx", "ct", "rt"}))),
        ("#ct=100&rt=15000&tt=3000", Patience(connect_seconds=0.1, read_seconds=15.0, total_seconds=3.0)),
        ("#e=dublin&sni=y", DEFAULT),
    ],
)
def test_what_an_address_asks_for(fragment: str, patience: Patience) -> None:
    assert patience_for(f"https://gate.example/v?a=1{fragment}", default=DEFAULT) == patience


@pytest.mark.parametrize(
    ("fragment", "code"),
    [
        ("rc=6", 11100),
        ("rc=-1", 11100),
        ("ct=99", 11100),
        ("ct=10001", 11100),
        ("rt=15001", 11100),
        ("rp=3xx", 11243),
    ],
)
def test_what_twilio_would_not_take(fragment: str, code: int) -> None:
    with pytest.raises(BadOverride) as refused:
        patience_for(f"https://gate.example/v#{fragment}", default=DEFAULT)

    assert refused.value.code == code
