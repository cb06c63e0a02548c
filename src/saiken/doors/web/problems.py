"""Errors of the web door: what status each has, and how it is told (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from saiken.archive.errors import ArchiveError, UnknownSeries
from saiken.doors.errors import BadInputError, DataMissingError, DoorError
from saiken.reports.terminal import clipped

MEDIA_TYPE = "application/problem+json"

STATUS: tuple[tuple[type[Exception], HTTPStatus], ...] = (
    (BadInputError, HTTPStatus.BAD_REQUEST),
    (DataMissingError, HTTPStatus.NOT_FOUND),
    (UnknownSeries, HTTPStatus.NOT_FOUND),
    (ArchiveError, HTTPStatus.SERVICE_UNAVAILABLE),
    (DoorError, HTTPStatus.INTERNAL_SERVER_ERROR),
)

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string", "description": "what to do next"},
    },
}


class TooLargeError(BadInputError):
    """More than the server takes in one request."""


def status_of(error: Exception) -> HTTPStatus:
    if isinstance(error, TooLargeError):
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    found = (status for kind, status in STATUS if isinstance(error, kind))
    return next(found, HTTPStatus.INTERNAL_SERVER_ERROR)


def problem(status: HTTPStatus, detail: str, hint: str = "") -> dict[str, Any]:
    """The body of an error response."""
    told = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": clipped(detail, 400),
    }
    return {**told, "hint": clipped(hint, 400)} if hint else told


def told(error: Exception) -> tuple[HTTPStatus, str, str]:
    """Status, message and hint of an error; nothing of the inside of one that is not ours."""
    status = status_of(error)
    if isinstance(error, DoorError | ArchiveError):
        return status, error.message, error.hint
    return status, "something broke inside; it has been logged", "report it with what was asked"
