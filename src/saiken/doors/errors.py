"""What a door tells when it cannot answer: the message, what to do next, the exit code."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from saiken.claims.readers import ReaderError


class Exit(IntEnum):
    DONE = 0
    NOT_AS_REQUIRED = 1
    BAD_INPUT = 2
    DATA_MISSING = 3
    INTERNAL = 4
    INTERRUPTED = 130
    PIPE_CLOSED = 141


class DoorError(Exception):
    """A question that cannot be answered; `hint` says what to do next."""

    code = Exit.INTERNAL

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def reader_exit(error: ReaderError) -> Exit:
    """A reader asked for wrongly is bad input; one that gives no answer, an answer that is missing."""
    return Exit.BAD_INPUT if error.setup else Exit.DATA_MISSING


class BadInputError(DoorError):
    code = Exit.BAD_INPUT


class DataMissingError(DoorError):
    code = Exit.DATA_MISSING
