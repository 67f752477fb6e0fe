"""Names to addresses; only names that need no network."""

import pytest

from dialer.courier.resolving import addresses_of
from dialer.delivery.reply import Unreachable


def test_an_address_is_its_own_answer() -> None:
    assert addresses_of("127.0.0.1", 443) == ("127.0.0.1",)
    assert addresses_of("::1", 443) == ("::1",)


@pytest.mark.parametrize("name", ["nobody.invalid", "a" * 64 + ".example", "xn--\udc80.example"])
def test_a_name_that_does_not_resolve_is_said(name: str) -> None:
    with pytest.raises(Unreachable, match="does not resolve"):
        addresses_of(name, 443)
