"""The account itself, as clients fetch it to see whether their credentials work."""

from dialer.clock import utc_now
from dialer.sandbox.rest.shapes import account_shape
from dialer.sandbox.routing import Answer, Request, Route, json_answer, route
from dialer.sandbox.world import World


def routes(world: World) -> tuple[Route, ...]:
    """Return the door to the account."""
    since = utc_now()

    def fetched(_request: Request) -> Answer:
        return json_answer(account_shape(world.setup.account.sid, since))

    return (route("GET", "/2010-04-01/Accounts/{account}.json", fetched),)
