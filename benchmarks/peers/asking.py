"""Who asks: signed forms as Twilio sends them, one after another or at a given rate."""

import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from benchmarks.peers.apps import ROUTE, URL
from tests.doubles.house import ACCOUNT, TOKEN

_SIGNER = RequestValidator(TOKEN)
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def form_of(number: str, sid: str) -> dict[str, str]:
    """Return the form of an agent's call from a browser, with the fields Twilio sends."""
    return {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "ApplicationSid": "AP" + "0" * 32,
        "CallSid": sid,
        "CallStatus": "ringing",
        "Called": "",
        "Caller": "client:a17",
        "Direction": "inbound",
        "From": "client:a17",
        "To": number,
        "rf_campaign": "C1",
        "rf_caller_id": "+442079460100",
    }


def packet_of(number: str, sid: str) -> bytes:
    """Return one whole signed request."""
    form = form_of(number, sid)
    body = urlencode(form).encode()
    head = (
        f"POST {ROUTE} HTTP/1.1\r\nHost: dnc.example.co.uk\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\n"
        f"Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: {len(body)}\r\n"
        f"X-Twilio-Signature: {_SIGNER.compute_signature(URL, form)}\r\n"
        f"I-Twilio-Idempotency-Token: 5f6a8c5e-5d4f-4a39-9f5e-{sid[-12:]}\r\n\r\n"
    )
    return head.encode() + body


class Caller:
    """One kept connection to a server."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, packet: bytes) -> bytes:
        """Send one request and return the whole answer; raises where it is not 200."""
        self._socket.sendall(packet)
        answer = b""
        while True:
            answer += self._socket.recv(65536)
            head, end, body = answer.partition(b"\r\n\r\n")
            if end:
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                if len(body) >= length:
                    break
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"not answered: {head!r}")
        return body


def at_a_rate(port: int, packets: list[bytes], *, a_second: float, callers: int) -> list[float]:
    """Send packets at fixed times from several connections; returns how long each took from its own time."""
    start, taken = time.perf_counter() + 0.05, [0.0] * len(packets)

    def work(first: int) -> None:
        caller = Caller(port)
        for n in range(first, len(packets), callers):
            due = start + n / a_second
            time.sleep(max(0.0, due - time.perf_counter()))
            caller.ask(packets[n])
            taken[n] = time.perf_counter() - due

    _together(work, callers)
    return taken


def cpu_seconds(pid: int) -> float:
    """Return what a process and its children have used of the processors, in user and system time."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND + sum(cpu_seconds(int(c)) for c in children)


def _together(work: Callable[[int], None], count: int) -> None:
    threads = [threading.Thread(target=work, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
