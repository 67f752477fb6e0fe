"""What a browser may do with our pages: nothing from elsewhere, nothing inline, nothing kept on disk."""

from typing import Final

from flask import Response

# `connect-src` is for the one script that fetches a page again; there is no inline style or script anywhere.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_ON_EVERY_PAGE: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def guarded(response: Response) -> Response:
    """Return the response with the headers of a page; what it shows is about people, so no cache keeps it."""
    response.headers.update(_ON_EVERY_PAGE)
    is_static = response.mimetype in {"text/css", "text/javascript"}
    response.headers["Cache-Control"] = "no-cache" if is_static else "no-store"
    return response
