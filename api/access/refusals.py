"""Why a visitor is turned away."""

from __future__ import annotations

from graph.errors import DiplomacyError


class NotIdentified(DiplomacyError):
    """A key is needed and none was given, or the one given is not known."""


class NotAllowed(DiplomacyError):
    """The key that was given lacks the scope."""


class BudgetSpent(DiplomacyError):
    """The client has used up its compute time; `headers` say so, and in how many seconds it has some again."""

    def __init__(self, message: str, headers: dict[str, str]) -> None:
        super().__init__(message)
        self.headers = headers
