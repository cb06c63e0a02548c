"""What a door tells when it cannot answer: the message, what to do next, the exit code."""

from __future__ import annotations

from enum import IntEnum


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


class BadInputError(DoorError):
    code = Exit.BAD_INPUT


class DataMissingError(DoorError):
    code = Exit.DATA_MISSING
