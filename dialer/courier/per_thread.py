"""One courier for each thread: a courier's connections are one thread's alone, a web worker has several."""

import threading
from collections.abc import Callable, Mapping

from dialer.courier.carrying import Courier, Method
from dialer.delivery.reply import Reply


class CourierPerThread:
    """Carries requests for any thread, each over connections of its own."""

    def __init__(self, make: Callable[[], Courier]) -> None:
        self._make = make
        self._own = threading.local()

    def send(self, method: Method, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """Send one request over this thread's courier; see `Courier.send`."""
        courier: Courier | None = getattr(self._own, "courier", None)
        if courier is None:
            courier = self._own.courier = self._make()
        return courier.send(method, url, headers=headers, body=body)
