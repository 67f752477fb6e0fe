"""A form with one file, read as strictly as JSON: its fields into a frozen record, its file left on disk."""

import hashlib
import json
from dataclasses import fields
from typing import Any, TypeVar, get_type_hints

from flask import request

from dialer.errors import Fault, Unreadable
from dialer.web.api.reading import read_shape
from dialer.web.uploads import Upload, upload_of_request

T = TypeVar("T")


def read_form(shape: type[T]) -> tuple[T, Upload]:
    """Return the fields of a form and its file; raises Unreadable. A list may stand several times."""
    upload = upload_of_request()
    given: dict[str, Any] = {"file": upload.name}
    lists = _lists_of(shape)
    for name, values in request.form.lists():
        if name not in lists and len(values) > 1:
            raise Unreadable("the form is ambiguous", faults=(Fault(f"/{name}", "stands more than once"),))
        filled = [value for value in values if value]
        if filled:
            given[name] = filled if name in lists else filled[0]
    return read_shape(given, shape), upload


def digest_of_upload() -> bytes:
    """Return a digest of the form: its fields and its file's bytes, which are read once more."""
    told = json.dumps(sorted(request.form.lists())).encode()
    return hashlib.sha256(told).digest() + upload_of_request().digest()


def _lists_of(shape: type[Any]) -> frozenset[str]:
    hints = get_type_hints(shape)
    return frozenset(field.name for field in fields(shape) if "tuple" in str(hints[field.name]))
