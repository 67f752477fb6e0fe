"""What is told of a request that somebody relies on and that does not count (law.md 2.7)."""

from dialer.law.matter import Matter
from dialer.law.rule import Facts
from dialer.law.solicitation import why_uncounted


def request_facts(matter: Matter) -> Facts:
    """Return why the request that is named does not count; nothing where none is named, or it does."""
    if matter.solicited is not None:
        return ()
    fault = why_uncounted(matter.case, matter.asked, matter.parameters)
    return (("request", fault),) if fault is not None else ()
