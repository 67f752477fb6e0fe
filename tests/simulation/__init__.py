"""Seeded stories of many hands on the same lines; a failure prints its seed."""
