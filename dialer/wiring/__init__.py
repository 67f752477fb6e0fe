"""Every part chosen once: the clients, the stores, the book and the gates that the doors are handed."""

from dialer.wiring.assembly import warm, wire
from dialer.wiring.parts import Parts

__all__ = ["Parts", "warm", "wire"]
