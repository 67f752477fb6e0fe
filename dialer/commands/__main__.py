"""Lets the supervisor start parts by `python -m dialer.commands`, whatever PATH says."""

from dialer.commands import main

main()
