"""The courier: carries one request to one checked address, within its time, and brings the answer back.

It resolves a host once, checks every address found, and connects to one of them under the host's own name; it
follows no redirect, asks no proxy, and cuts off whoever is slow or long. What to sign and what an answer
means is the destinations' business.
"""

from dialer.courier.carrying import Courier

__all__ = ["Courier"]
