"""What can go wrong in the archive, each with what to do next."""

from __future__ import annotations


class ArchiveError(Exception):
    """Something about the archive; `hint` says what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class SnapshotError(ArchiveError):
    """The embedded snapshot is missing, cut short or not the one that its manifest describes."""


class StoreError(ArchiveError):
    """The user's archive cannot be written or read."""


class Busy(StoreError):  # noqa: N818 - it is a state of the archive, told as one
    """Another process is writing to the archive."""


class UnknownSeries(ArchiveError, KeyError):  # noqa: N818 - reads as what it says
    """No family of the catalog has such an id; `nearest` are the ids that come closest."""

    __str__ = ArchiveError.__str__

    def __init__(self, series: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f"nearest: {', '.join(nearest)}" if nearest else "list them with `saiken series`"
        super().__init__(f"unknown series: {series!r}", hint)
        self.series = series
        self.nearest = nearest
