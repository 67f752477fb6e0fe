"""The CRM's one page, to see that a withdrawal has arrived."""

from html import escape

from dialer.sandbox.crm.book import Book, Entry
from dialer.sandbox.routing import Answer

MOST_ROWS = 200
_STYLE = (
    "body{font:1rem/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #767676;padding:.4rem;text-align:left}"
)


def page(book: Book) -> Answer:
    """Return the do-not-call list as HTML, newest first."""
    entries = book.entries()
    rows = "".join(_row(entry, deliveries) for entry, deliveries in entries[:MOST_ROWS])
    told = f"<p>{len(entries)} kept, {book.refused} refused for a wrong signature.</p>"
    table = (
        "<table><thead><tr><th scope=col>Number or address</th><th scope=col>Kind</th>"
        "<th scope=col>For</th><th scope=col>Heard by</th><th scope=col>Arrived (UTC)</th>"
        "<th scope=col>Deliveries</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
    html = (
        '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Demo CRM: do not call</title>'
        f"<style>{_STYLE}</style><main><h1>Demo CRM: do not call</h1>"
        f"<p>Invented data. Ringfence tells this CRM of each withdrawal.</p>{told}{table}</main></html>"
    )
    headers = (("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),)
    return Answer(body=html.encode(), content_type="text/html; charset=utf-8", headers=headers)


def _row(entry: Entry, deliveries: int) -> str:
    cells = (
        entry.contact_point,
        entry.kind,
        entry.principal or "everybody",
        entry.source,
        entry.received_at.isoformat(sep=" ", timespec="seconds")[:19],
        str(deliveries),
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
