"""Twilio's REST errors: their codes, and the shape SDKs read. Source: twilio.md sections 7.3 and 7.4."""

from dialer.errors import RingfenceError


class RestRefusal(RingfenceError):
    """A request Twilio would refuse; `number` is its error code, `http_status` the answer's status."""

    def __init__(self, number: int, message: str, *, http_status: int = 400) -> None:
        super().__init__(message)
        self.number = number
        self.http_status = http_status

    def shape(self) -> dict[str, object]:
        """Return the JSON body; never with `type` and `title`, which SDKs take for another error."""
        return {
            "code": self.number,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.number}",
            "status": self.http_status,
        }


def not_found(path: str) -> RestRefusal:
    """Return the refusal of something that is not there."""
    return RestRefusal(20404, f"The requested resource {path} was not found", http_status=404)


def not_authenticated() -> RestRefusal:
    """Return the refusal of a wrong account or token."""
    return RestRefusal(20003, "Authenticate", http_status=401)
