"""Acting on a live call: another document, an end, a time limit. Source: twilio.md section 4.6."""

from dialer.sandbox.exchange.leg import CallStatus, Direction, Finish, Leg, Redirect
from dialer.sandbox.rest import fields
from dialer.sandbox.rest.calls import find, shape
from dialer.sandbox.rest.refusals import RestRefusal
from dialer.sandbox.routing import Answer, Request, Route, json_answer, route
from dialer.sandbox.world import World

_WAITING = frozenset({CallStatus.QUEUED, CallStatus.INITIATED, CallStatus.RINGING})


def routes(world: World) -> tuple[Route, ...]:
    """Return the door that changes a call."""
    return (
        route(
            "POST", "/2010-04-01/Accounts/{account}/Calls/{sid}.json", lambda request: updated(world, request)
        ),
    )


def updated(world: World, request: Request) -> Answer:
    """Redirect, end or limit a call; answers with the call as it stands, before the order is carried out."""
    leg = find(world, request)
    form = request.form()
    setup = world.setup
    source = fields.source(form, application_url=setup.webhook(setup.outgoing_path))
    status = fields.first(form, "Status")
    limit = fields.whole(form, "TimeLimit", 0, most=86_400)
    fallback, subscription = fields.fallback(form), fields.subscription(form)
    if status not in {"", "canceled", "completed"}:
        raise RestRefusal(21218, "Status must be canceled or completed")
    with world.changing():
        if leg.is_over:
            raise RestRefusal(21220, "Call is not in-progress. Cannot redirect.")
        if status:
            _end(leg, status)
        elif source is not None:
            _send_elsewhere(leg, Redirect(source))
        leg.fallback = fallback or leg.fallback
        leg.subscription = subscription or leg.subscription
        if limit:
            leg.time_limit_tick = world.tempo.now() + limit
        leg.story.add("update", leg.sid, **{name: values[0] for name, values in form.items()})
        return json_answer(shape(world, leg))


def _end(leg: Leg, status: str) -> None:
    # A call that rings inside a Dial counts as in progress, so canceled does not reach it.
    is_waiting = leg.status in _WAITING and leg.direction is not Direction.OUTBOUND_DIAL
    if status == "canceled" and not is_waiting:
        raise RestRefusal(21220, "Call is not queued or ringing. Cannot cancel.")
    leg.order = Finish()


def _send_elsewhere(leg: Leg, order: Redirect) -> None:
    if leg.answered_tick is None and leg.direction is not Direction.INBOUND:
        raise RestRefusal(21220, "Call is not in-progress. Cannot redirect.")
    leg.order = order
