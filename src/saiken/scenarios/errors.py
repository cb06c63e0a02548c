"""What a scenario cannot do, said to whoever asked for it."""

from __future__ import annotations

from saiken.terms.outlook import Refusal


class ScenarioError(ValueError):
    """A question that the simulator refuses; `hint` says what to do next. With `parts`, the message is
    the template that they fill.
    """

    def __init__(self, message: str, hint: str = "", **parts: str | float) -> None:
        self.refusal = Refusal(message, parts)
        self.message = str(self.refusal)
        super().__init__(self.message)
        self.hint = hint
