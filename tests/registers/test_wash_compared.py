"""A wash is compared with what is known of each register by itself."""

from contextlib import nullcontext

import pytest

from dialer.errors import Refused
from dialer.registers.page import pack
from dialer.registers.wash_compared import Compared
from dialer.registers.washed import Answers, WashResult

KNOWN = range(30)
# Everybody clear of CTPS, and of TPS as well.
NOBODY = {"tps": pack([]), "ctps": None}


def compared(listed: range) -> Compared:
    """Compare a wash that lists these of thirty numbers on TPS, of which no register holds any."""
    made = Compared()
    results = [WashResult(n, 1, Answers(tps=n in listed, ctps=False)) for n in KNOWN]
    made.take(results, NOBODY, None, {})
    return made


def test_one_register_read_the_wrong_way_round_is_seen_beside_one_that_agrees() -> None:
    inverted = compared(KNOWN)
    assert (inverted.known, inverted.contradicted) == (60, 30)
    with pytest.raises(Refused, match="30 of 30 known answers about tps would turn into their opposite"):
        inverted.insist_on_agreement("wash.csv")


@pytest.mark.parametrize(("joined", "is_held"), [(6, False), (7, True)])
def test_a_fifth_of_what_is_known_of_a_register_may_change(joined: int, is_held: bool) -> None:
    with pytest.raises(Refused) if is_held else nullcontext():
        compared(range(joined)).insist_on_agreement("wash.csv")
