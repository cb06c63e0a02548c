"""What a scenario cannot do, said to whoever asked for it."""

from __future__ import annotations


class ScenarioError(ValueError):
    """A question that the simulator refuses; `hint` says what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
