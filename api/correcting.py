"""What the API and the pages do to the graph: one correction, then the new snapshot is served."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends

from api.access.keys import Key
from api.access.visitors import VisitorDep
from api.deps import ServicesDep
from api.services import Services
from graph.errors import BadData, BadQuery, DiplomacyError
from graph.review.corrections import Corrected, Corrections
from graph.workspace import Workspace


class Editor:
    """Corrections in the name of the key that was sent."""

    def __init__(self, services: Services, key: Key) -> None:
        self._services, self.name = services, key.name

    def correct(self, change: Callable[[Corrections, str], Corrected]) -> Corrected:
        """Make a change in this name and serve what it gives; FolderInUse while another process writes."""
        try:
            with self._services.desk.writing:  # those who correct at the same time do so one after the other
                done = change(Workspace(self._services.settings).corrections, self.name)
        except BadData as error:  # what is asked cannot be
            raise BadQuery(str(error)) from None
        except DiplomacyError as error:  # its frames hold the record, which is open until they are let go
            error.__context__ = None
            raise error.with_traceback(None) from None
        self._services.shelf.refresh()
        return done


def _editor(services: ServicesDep, visitor: VisitorDep) -> Editor:
    assert visitor.key is not None  # no scope that writes is open without one
    return Editor(services, visitor.key)


EditorDep = Annotated[Editor, Depends(_editor)]
