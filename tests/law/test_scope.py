"""What the words of a scope cover."""

from typing import get_args

import pytest

from dialer.calls.call import Channel
from dialer.law.records import Scope, ScopeChannels
from dialer.law.scope import channels_of, is_all_marketing

CALLS = {Channel.LIVE_CALL, Channel.AUTOMATED_CALL, Channel.VOICEMAIL_DROP}


@pytest.mark.parametrize(
    ("named", "channels"),
    [
        (None, set(Channel)),
        ((), set(Channel)),
        ("all", set(Channel)),
        ("voice", CALLS),
        (("calls",), CALLS),
        ("text", {Channel.SMS, Channel.EMAIL, Channel.VOICEMAIL_DROP}),
        (("texts",), {Channel.SMS, Channel.VOICEMAIL_DROP}),
        (("email",), {Channel.EMAIL}),
        (("post",), set()),
        (("calls", "texts"), CALLS | {Channel.SMS}),
    ],
)
def test_a_scope_covers_its_channels(named: ScopeChannels | None, channels: set[Channel]) -> None:
    assert channels_of(named) == channels


def test_three_of_four_channels_are_not_all_marketing() -> None:
    assert not is_all_marketing(Scope(channels=("calls", "texts", "email")))


def test_every_single_word_is_understood() -> None:
    words = get_args(get_args(get_args(ScopeChannels)[1])[0])
    assert all(channels_of((word,)) is not None for word in words)
