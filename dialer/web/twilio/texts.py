"""Somebody texts a number of ours: STOP and its kin, START, or a sentence; and stops that Twilio itself took.

A stop word to a number that also calls people stops calls as well as texts. START is only ever about texts:
it lifts nothing by itself, and is no consent to calls. Source: labels.md R5; twilio.md 7.7.
"""

from typing import Final

from dialer.consents.approval import Person
from dialer.consents.texts_again import asks_for_texts
from dialer.ids import Kind, id_for
from dialer.law.records import Reach, Scope, ScopeChannels
from dialer.objections.listening import Turn, listen
from dialer.objections.opt_out import saying_of
from dialer.objections.record import record
from dialer.people.keys import digest_of
from dialer.telephony import from_people, twiml
from dialer.web.twilio.doors import Door, Webhook
from dialer.web.twilio.events import note
from dialer.web.twilio.reached import Reached, reached

_BY_TEXT: Final = Person(kind="hearing", id="text", name="text")


def text(webhook: Webhook) -> str:
    """Take a text for every principal that ever showed the number; all of it is on disk before the answer."""
    message = from_people.from_a_person(webhook.form)
    if message.person_at is not None and (message.body is not None or message.keyword is not None):
        for one in reached(webhook):
            _take(webhook, one, message, message.person_at)
    return twiml.no_message()


def status(webhook: Webhook) -> str:
    """Note what became of a text of ours; one that Twilio would not deliver since they said stop is a no."""
    told = from_people.from_a_person(webhook.form)
    if told.person_at is not None and from_people.would_not_be_delivered(webhook.form):
        for one in reached(webhook):
            no = id_for(Kind.OBJECTION, digest_of(f"unsubscribed|{told.ref}|{one.principal or one.operator}"))
            saying = saying_of(one.context(told.person_at, told.ref), _scope("text"), None, "sms", no)
            record(saying, webhook.parts.desk)
    return note(webhook)


def _take(webhook: Webhook, one: Reached, message: from_people.FromAPerson, person_at: str) -> None:
    context, objection_id = one.context(person_at, message.ref), one.objection_id(webhook)
    body, keyword = message.body or "", from_people.keyword_of(message)
    match keyword:
        case from_people.Keyword.STOP:
            scope = _scope("text" if one.sends_texts_only else "all")
            record(saying_of(context, scope, body or None, "sms", objection_id), webhook.parts.desk)
        case from_people.Keyword.START:
            _propose(webhook, one, message, person_at)
        case from_people.Keyword.HELP:
            return
        case None:
            turn = Turn(words=body, confidence=None, source="sms", objection_id=objection_id, has_agent=False)
            listen(turn, context, webhook.parts.listening)


def _scope(channels: ScopeChannels) -> Scope:
    return Scope(reach=Reach.PRINCIPAL, channels=channels)


def _propose(webhook: Webhook, one: Reached, message: from_people.FromAPerson, person_at: str) -> None:
    """Keep that they want texts again, where a second person looks; nothing if they never stopped any."""
    parts = webhook.parts
    organisations = parts.configuration.believed().organisations
    principal = organisations.get(one.principal or "")
    standing = parts.records.of_line(person_at).objections
    if principal is None or not any(no.principal == principal.id and not no.corrected_at for no in standing):
        return
    wish = asks_for_texts(
        person_at, principal=principal, words=message.body or "START", ref=message.ref, at=parts.clock()
    )
    parts.records.keep(wish, by=_BY_TEXT, proposed=True)


DOORS = (
    Door(route="messages/incoming", answer=text, on_failure=twiml.no_message(), failure_status=503),
    Door(route="messages/status", answer=status, on_failure=twiml.nothing(), failure_status=503),
)
