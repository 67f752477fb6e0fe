"""Ports to listen on, tried before anything starts.

granian listens with SO_REUSEPORT: a second server on a taken port starts without an error, and the kernel
deals the calls out between the two.
"""

import errno
import socket

from dialer.errors import Misconfigured

LOOPBACK = "127.0.0.1"
LARGEST_PORT = 65_535


def free_port(host: str, port: int) -> int:
    """Return `port`, or a free one for 0; raises `Misconfigured`, naming the setting, if it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            why = "is taken" if fault.errno == errno.EADDRINUSE else f"cannot be used ({fault.strerror})"
            raise Misconfigured(
                f"port {port} on {host} {why}: stop what uses it, or name another in RINGFENCE_PORT or --port"
            ) from fault
        chosen: int = probe.getsockname()[1]
    return chosen


def free_port_near(port: int) -> int:
    """Return `port` if it is free on this machine, else any free one: only the demo's own parts use it."""
    try:
        return free_port(LOOPBACK, port if port <= LARGEST_PORT else 0)
    except Misconfigured:
        return free_port(LOOPBACK, 0)
