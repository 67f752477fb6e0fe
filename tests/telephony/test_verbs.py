"""TwiML by hand against Twilio's own library: to the byte the same, and XML whatever is said."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.voice_response import Dial, Gather, Say, VoiceResponse

from dialer.telephony import verbs

# XML 1.0 cannot carry control characters: the library writes them all the same, we leave them out.
legal = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)


def test_an_empty_reply_is_the_librarys() -> None:
    assert verbs.response() == str(VoiceResponse())


@given(said=legal, language=legal)
def test_words_and_attributes_are_escaped_as_the_library_escapes_them(said: str, language: str) -> None:
    theirs = VoiceResponse()
    theirs.append(Say(said, language=language))
    ours = verbs.response(verbs.verb("Say", verbs.text(said), language=language))
    assert ours == str(theirs)


@given(url=legal, caller_id=legal, number=legal)
def test_a_dial_is_the_librarys(url: str, caller_id: str, number: str) -> None:
    theirs, dial = VoiceResponse(), Dial(caller_id=caller_id, timeout=25, answer_on_bridge=True, action=url)
    dial.number(number, status_callback=url, status_callback_event="initiated ringing", url=None)
    theirs.append(dial)
    called = verbs.verb(
        "Number",
        verbs.text(number),
        status_callback=url,
        status_callback_event="initiated ringing",
        url=None,
    )
    ours = verbs.verb("Dial", called, caller_id=caller_id, timeout=25, answer_on_bridge=True, action=url)
    assert verbs.response(ours) == str(theirs)


@given(hints=legal)
def test_a_gather_is_the_librarys(hints: str) -> None:
    asked = {"input": "dtmf speech", "num_digits": 1, "speech_timeout": "auto", "hints": hints}
    theirs = VoiceResponse()
    theirs.append(Gather(**asked, profanity_filter=False))
    assert verbs.response(verbs.verb("Gather", **asked, profanity_filter=False)) == str(theirs)


@given(said=st.text())
def test_whatever_is_said_the_reply_is_xml(said: str) -> None:
    reply = verbs.response(verbs.verb("Say", verbs.text(said), language=said))
    parsed = ET.fromstring(reply)
    assert [verb.tag for verb in parsed] == ["Say"]
