"""No courier of a test leaves a connection open."""

from collections.abc import Iterator

import pytest

from tests.courier.couriers import made


@pytest.fixture(autouse=True)
def closed_couriers() -> Iterator[None]:
    """Close what the test made."""
    yield
    while made:
        made.pop().close()
