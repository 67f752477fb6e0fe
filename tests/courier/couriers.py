"""Couriers for tests, allowed to go to loopback, closed when the test ends (see conftest)."""

import ssl

from dialer.courier import Courier
from dialer.delivery.address import LOOPBACK_ALLOWED, Allowance
from tests.courier.receivers import CERTIFICATES, Receiver

HERE = ("127.0.0.1",)
made: list[Courier] = []


def courier(allowance: Allowance = LOOPBACK_ALLOWED, **more: object) -> Courier:
    made.append(Courier(allowance, **{"total_seconds": 5.0, **more}))
    return made[-1]


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATES / "ca.pem"))


def post(by: Courier, it: Receiver, *, host: str = "127.0.0.1", scheme: str = "http") -> int:
    return by.send("POST", f"{scheme}://{host}:{it.port}/hook?a=1", headers={"X-A": "b"}, body=b"{}").status
