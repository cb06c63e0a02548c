"""The dates that a caller may give: a day, or a month or year that stands for its last day."""

from __future__ import annotations

from datetime import date

from saiken.doors.errors import BadInputError
from saiken.terms.period import Period

FORMS = "write a date as 2026-01-25, or 2026-01 or 2025 for the end of the month or year"


def read_day(given: date | str | None, option: str = "as_of", today: date | None = None) -> date:
    """The day meant by `given`; today for None.

    A month or a year is its last day, or today while it is not over. `option` names what was
    given, for the message. Raises BadInputError for anything else, and for a day to come: what
    will be known then is not known now.
    """
    today = today or date.today()  # noqa: DTZ011 - the caller's own calendar day
    if given is None:
        return today
    try:
        period = Period.day(given) if isinstance(given, date) else Period.parse(given.strip())
    except ValueError as error:
        raise BadInputError(f"{option}: {given!r} is not a date ({error})", FORMS) from None
    if period.start > today:
        raise BadInputError(
            f"{option}: {period.label} is in the future (today is {today})",
            "give a date up to today; what is due and when is told by a check as of today",
        )
    return min(period.end, today)
