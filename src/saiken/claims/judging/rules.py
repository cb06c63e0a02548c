"""The judge's numbers in one place. docs/verdicts.md explains each; nothing else hides a threshold."""

RECENT_OBSERVATIONS = 10
"""An undated record or threshold on a daily series is about the last two trading weeks."""

CURRENT_OBSERVATIONS = 5
"""A record told in the present tense ("yields are at a record high") is one of the last week."""

NEWEST_OBSERVATIONS = 2
"""What "is the widest in a decade" is one of the newest two: as of some year, told of now."""

NOW_OBSERVATIONS = 3
"""An undated level on a daily series is about one of the last three observations."""

ENORMOUS_FACTOR = 10.0
"""A number off by this factor or more is not an exaggeration but wrong."""

LARGE_FLOW_SHARE = 0.10
"""A flow is large when at most this share of the months in its series were as large."""

STEADY_WINDOW = 60
"""Steady: within the median absolute change of this many periods."""

TRUNCATION = True
"""A number that is a correct truncation of the official one counts as stated."""

MONTH_OBSERVATIONS = 21
"""Of what moves more from day to day than on: a month's average is compared, of so many days."""

SHORT_OF = 0.05
"""Nearly, almost, just under: below the number by at most this share of it."""

BREAK_SHARE = 1 / 3
"""A change is made by a break when the break's own month accounts for this share of it."""

MULTIPLE_SLACK = 0.05
"""A bare "twice" or "three times" holds within this share of the multiple."""

TRADED_BEYOND = 0.005
"""An exchange rate trades within a day as far from its fixing as this share of it."""

LONGEST_GAP = 31
"""Days between the date since which a record holds and the first figure that may show it."""

TELLING_CHANGE = 10.0
"""Basis points: a smaller change of a yield is too common to tell whose yield is meant."""

NEAR_PRINT = 0.005
"""So may one within this share of any later print: from the first to the next, Japan's holdings have
moved by 0.3 per cent, China's by 0.2."""

LATE_PRINT = 400
"""Days from a period to a print that an annual survey's revision has passed over."""

SURVEYED = 0.025
"""A number told that lies within this share of such a late print may be the print of the day:
surveys have moved all foreign holdings of Treasuries by 1.7 per cent, and single holders by more."""
