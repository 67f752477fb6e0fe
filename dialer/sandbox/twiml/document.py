"""A TwiML document: read from an answer, with Twilio's rules about its type, size and words."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from dialer.sandbox.exchange.leg import Fetch
from dialer.sandbox.twiml.schema import ATTRIBUTES, CHILDREN
from dialer.sandbox.webhooks.outward import MOST_BODY_BYTES

_XML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})


class TwimlFault(Exception):
    """A document Twilio would not run; `code` is its error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One element: its name, attributes, own text (stripped) and children."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: "tuple[Verb, ...]" = ()

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a true/false attribute."""
        return self.attributes.get(name, str(default)).strip().lower() == "true"

    def seconds(self, name: str, default: float) -> float:
        """Return a non-negative number of seconds; what cannot be read is the default, as at Twilio."""
        value = self.attributes.get(name, "").strip()
        return float(value) if value.isdecimal() else default


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What to do next; `came_from` is None for TwiML given in words, where addresses must be absolute."""

    verbs: tuple[Verb, ...]
    warnings: tuple[str, ...] = ()
    came_from: Fetch | None = None

    def fetch(self, verb: Verb, attribute: str = "action", *, method: str = "method") -> Fetch | None:
        """Return the address an attribute names; an absent one is this document's own."""
        url = verb.attributes.get(attribute)
        how = verb.attributes.get(method, "POST").upper()
        if not url:
            return (
                None
                if self.came_from is None
                else Fetch(url=self.came_from.url, method=self.came_from.method)
            )
        return Fetch(url=self.absolute(url), method="GET" if how == "GET" else "POST")

    def absolute(self, url: str) -> str:
        """Return a full address; raises `TwimlFault` 11100 for a relative one in TwiML given in words."""
        full = urljoin(self.came_from.url, url) if self.came_from else url
        if urlsplit(full).scheme not in {"http", "https"}:
            raise TwimlFault(11100, f"{url!r} is not an absolute http address")
        return full


def read_answer(body: bytes, content_type: str, came_from: Fetch) -> Document:
    """Read what a webhook answered: TwiML, a sound to play, or plain words to read aloud.

    Raises `TwimlFault`: 11750 too long, 12300 a type Twilio does not take, 12100 not XML.
    """
    if len(body) > MOST_BODY_BYTES:
        raise TwimlFault(11750, "the answer is longer than 64 kB")
    kind = content_type.partition(";")[0].strip().lower()
    if kind.startswith("audio/"):
        return Document(verbs=(Verb(name="Play", attributes={}, text=came_from.url),), came_from=came_from)
    text = body.decode("utf-8", errors="replace")
    if kind in _XML_TYPES:
        return read_twiml(text, came_from=came_from)
    if kind == "text/plain":
        try:
            return read_twiml(text, came_from=came_from)
        except TwimlFault:
            return Document(verbs=(Verb(name="Say", attributes={}, text=text.strip()),), came_from=came_from)
    raise TwimlFault(12300, f"Twilio does not take the content type {kind or 'missing'!r}")


def read_twiml(text: str, *, came_from: Fetch | None) -> Document:
    """Read a document; unknown verbs and attributes are left out and warned of (12200), as Twilio does."""
    if "<!DOCTYPE" in text:
        raise TwimlFault(12100, "a document type is not TwiML")
    try:
        # Entities are only what a DOCTYPE defines, and that was refused above.
        root = ElementTree.fromstring(text.strip())  # noqa: S314
    except ElementTree.ParseError as error:
        raise TwimlFault(12100, f"not XML: {error}") from error
    if root.tag != "Response":
        raise TwimlFault(12100, f"the root must be <Response>, not <{root.tag}>")
    warnings: list[str] = []
    verbs = tuple(_verbs(root, warnings))
    return Document(verbs=verbs, warnings=tuple(warnings), came_from=came_from)


def _verbs(parent: ElementTree.Element, warnings: list[str]) -> list[Verb]:
    found = []
    allowed = CHILDREN.get(parent.tag, frozenset())
    for element in parent:
        if element.tag not in allowed:
            warnings.append(f"<{element.tag}> is not allowed in <{parent.tag}>")
            continue
        unknown = set(element.attrib) - ATTRIBUTES[element.tag]
        warnings.extend(f"<{element.tag}> has no attribute {name}" for name in sorted(unknown))
        own_text = (element.text or "") + "".join(child.tail or "" for child in element)
        found.append(
            Verb(
                name=element.tag,
                attributes=dict(element.attrib),
                text=own_text.strip(),
                children=tuple(_verbs(element, warnings)),
            )
        )
    return found
