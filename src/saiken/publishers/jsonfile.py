"""Publishers' JSON answers: bytes to values that keep the text of every number. No I/O."""

from __future__ import annotations

import json
from typing import Any

from saiken.publishers import textfile
from saiken.publishers.table import ParseError


def content(data: bytes) -> dict[str, Any]:
    """The object of a JSON file; numbers stay the text that they are printed as.

    Raises ParseError for what is no JSON object: a web page, a file that was cut.
    """
    text = "\n".join(textfile.lines(data))
    try:
        found = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise ParseError(
            f"not readable as JSON ({error}): was it cut? Fetch it again", line
        ) from None
    if not isinstance(found, dict):
        raise ParseError("a JSON file, but not an object: of another kind", 1)
    return found


def begins_with(head: bytes, *keys: str) -> bool:
    """Whether a file begins as a JSON object with one of these keys first."""
    text = "".join(textfile.decode(head).lstrip("\ufeff").split())
    return any(text.startswith(f'{{"{key}":') for key in keys)
