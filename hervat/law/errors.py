"""What can be wrong with a question to the law: Dutch, with what to do next.

Must never: carry a value somebody typed; a date or a name in an error is personal data.
Read next: `facts.py`, `parameters.py`.
"""


class LawError(ValueError):
    """Something is wrong; `problem` says what and why, `remedy` what to do next."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy


class InputError(LawError):
    """The facts given are not whole or contradict each other."""


class BeforeFirstText(LawError):  # noqa: N818 - it says what it is
    """A date lies before the first text that was entered: there is no answer, and none is guessed."""


class SheetError(LawError):
    """A YAML file of the law does not load; the text names file and line."""
