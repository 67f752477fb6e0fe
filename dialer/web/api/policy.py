"""House policy: calling hours, holidays, the grace of a register, how long a consent lasts; one for all."""

from dialer.errors import Conflict, NotAllowed, Refused
from dialer.law.facts import Policy
from dialer.people.roles import Role
from dialer.screening.policy_problems import policy_problems
from dialer.store.configuration import POLICY_ID, Section
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.saving import keep

DOORS = Doors("Policy")


@DOORS.put(
    "/v1/policy",
    roles=(Role.ADMIN,),
    body=Policy,
    answer=Policy,
    problems=(Conflict, NotAllowed, Refused),
)
def put_policy(asked: Asked[Policy, None]) -> Policy:
    """Keep the house policy whole; what is absent is as shipped. It counts from the next screening on.

    A consent that is to last longer than shipped needs a named person and a reason (422).
    """
    _insist(asked)
    return keep(asked.parts, Section.POLICY, POLICY_ID, lambda _: asked.body)


@DOORS.get("/v1/policy", roles=READERS, answer=Policy)
def get_policy(asked: Asked[None, None]) -> Policy:
    """Read the house policy in force; null is as shipped."""
    return asked.configuration.policy


def _insist(asked: Asked[Policy, None]) -> None:
    """Raise NotAllowed for a key of some principals only, since policy is for all; Refused for a fault."""
    if asked.sight.principals is not None:
        raise NotAllowed("policy is for every principal; this key sees only some: ask another administrator")
    faults = policy_problems(asked.body, asked.parts.book, at=asked.parts.clock())
    if faults:
        raise Refused("this policy may not be kept as it is", faults=faults)
