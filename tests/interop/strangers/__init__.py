"""Strangers in JavaScript: small programs that use only the official libraries, run on their own Node."""
