"""The counts of a day: each field names what is counted, in parts that are read back apart."""


def tally_field(*parts: str | None) -> str:
    """Return the name of one count: its parts between bars, none longer than 64 or with a bar of its own."""
    return "|".join((part or "").replace("|", "/")[:64] for part in parts)
