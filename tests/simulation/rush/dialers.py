"""What a dialer does: dials, dials what another dials at once, asks for permits, spends any it can get."""

from dialer.people.roles import Role
from tests.simulation.rush.process import Process
from tests.simulation.rush.schedule import Step
from tests.simulation.rush.told import Spent, Told, dialled


class Dialer:
    """One dialer in one round; `name` makes its call references its own."""

    def __init__(self, process: Process, told: Told, name: str) -> None:
        self._process = process
        self._told = told
        self._name = name
        self._calls = 0

    def act(self, step: Step) -> None:
        """Do one step of the schedule."""
        line = self._told.numbers[step.line]
        getattr(self, f"_{step.what}")(line, step)

    def _dial(self, line: str, step: Step) -> None:
        """Dial, and have Twilio ask the same again."""
        form = self._form(line)
        for _ in range(2 if step.die < 0.7 else 1):
            self._hook("voice/outgoing", form, line)

    def _twin(self, line: str, step: Step) -> None:
        """Ask what another dialer may be asking at this very moment."""
        form = self._form(line, sid=f"CA-twin-{line}")
        self._hook("voice/outgoing", form, line)

    def _permit(self, line: str, step: Step) -> None:
        """Ask for a permit and dial with it, in one call or two, or after a click that spent it."""
        permit = self._asked(line)
        if permit is not None and step.die > 0.7:
            self._ring(line, permit)
        for _ in range(2 if step.die < 0.3 else 1):
            if permit is not None:
                self._hook("voice/outgoing", self._form(line, rf_permit=permit), line)

    def _steal(self, line: str, step: Step) -> None:
        """Use a permit that may be somebody else's too, in one of three ways."""
        with self._told.lock:
            found = [permit for permit, (of_line, _) in self._told.permits.items() if of_line == line]
        if not found:
            return self._permit(line, step)
        permit = found[int(step.die * len(found))]
        if step.die < 0.4:
            self._hook("voice/outgoing", self._form(line, rf_permit=permit), line)
        elif step.die < 0.7:
            self._spend(permit)
        else:
            self._ring(line, permit)
            self._hook("voice/outgoing", self._form(line, rf_permit=permit), line)
        return None

    def _redeem(self, line: str, step: Step) -> None:
        """Ask for a permit and redeem it twice."""
        permit = self._asked(line)
        for _ in range(2):
            if permit is not None:
                self._spend(permit)

    def _click(self, line: str, step: Step) -> None:
        self._ring(line, None)

    def _look(self, line: str, step: Step) -> None:
        """Ask without wanting to dial."""
        self._process.post("/v1/screen?advisory=true", {"to": line, "campaign": "C1", "agent": "a17"})

    def _asked(self, line: str) -> str | None:
        answer = self._process.post("/v1/screen", {"to": line, "campaign": "C1", "agent": "a17"})
        self._told.statuses.append(("screen", answer.status_code))
        decision = answer.json if answer.status_code == 200 else {}
        permit: str | None = (decision or {}).get("permit")
        if permit is not None:
            with self._told.lock:
                self._told.permits[permit] = (line, decision["id"])
                self._told.decisions.append((line, decision["id"]))
        return permit

    def _spend(self, permit: str) -> None:
        ref = self._next()
        answer = self._process.post("/v1/permits/redeem", {"permit": permit, "call_ref": ref})
        self._told.statuses.append(("redeem", answer.status_code))
        if answer.status_code == 200:
            self._told.spent.append(Spent(permit, "redeemed", ref))

    def _ring(self, line: str, permit: str | None) -> None:
        """Click; the agent answers, and Twilio asks twice whether the callee may be bridged."""
        wanted = {"agent": "a17", "to": line, "campaign": "C1"} | ({"permit": permit} if permit else {})
        answer = self._process.post("/v1/calls", wanted, role=Role.DIALER)
        self._told.statuses.append(("click", answer.status_code))
        if answer.status_code != 201 or answer.json is None:
            return
        decision = answer.json["decision"]["id"]
        if permit is not None:
            self._told.spent.append(Spent(permit, "clicked", decision))
        form = {"CallSid": f"CA-{decision}", "From": "+442079460100", "To": "client:a17"}
        for _ in range(2):
            self._hook(f"voice/connect?decision={decision}", form | {"Direction": "outbound-api"}, line)

    def _hook(self, route: str, form: dict[str, str], line: str) -> None:
        answer = self._process.twilio(route, form)
        assert dialled(answer) is not None or "<Dial" not in answer, answer
        self._told.answered(route, form, line, answer)

    def _form(self, line: str, *, sid: str | None = None, **more: str) -> dict[str, str]:
        call = {"CallSid": sid or self._next(), "From": "client:a17", "To": line, "Called": ""}
        return call | {"rf_campaign": "C1"} | more

    def _next(self) -> str:
        self._calls += 1
        return f"CA-{self._told.numbers[0]}-{self._name}-{self._calls}"
