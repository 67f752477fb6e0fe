"""How wide an objection reaches, from the person's own words."""

import pytest

from dialer.objections.hearing import hear


@pytest.mark.parametrize(
    ("said", "scope", "channels"),
    [
        ("stop texting me", "org", ("texts",)),
        ("don't email me again", "org", ("email",)),
        ("i don't want any more of your leaflets through the post", "org", ("post",)),
        ("keep sending the emails but no calls please", "org", ("calls",)),
        ("lose my number", "org", ("calls", "texts")),
        ("Stop calling me about my pension.", "campaign", ("calls",)),
        ("don't ring me about solar panels or anything else", "org", ("calls",)),
        ("take me off everything all the brands the lot", "group", ("all",)),
        ("I don't want to hear from you or any of your sister companies.", "group", ("all",)),
        ("don't ring me on this work number use my mobile if you have to", "line", ("calls",)),
        ("don't ring this number again", "org", ("calls",)),
        ("stop calling and stop texting me", "org", ("calls", "texts")),
        ("don't ring and take me off your list", "org", ("all",)),
    ],
)
def test_scope_and_channels_are_those_of_the_words(said: str, scope: str, channels: tuple[str, ...]) -> None:
    heard = hear(said)

    assert (heard.scope, heard.channels) == (scope, channels)
