"""What every page starts from: the newest snapshot, the words of the reader's language, an ETag of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, Response

from api.browse import Browser
from api.caching import fresh
from api.deps import LanguageDep, ServicesDep
from api.links import page_of, sentences_of
from api.negotiation import READERS
from api.passages import Passage
from api.release import version
from api.services import Services
from api.templating import load_words, render
from api.things import Thing
from api.words import Words
from graph.record.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Visit:
    """One reader's request for a page."""

    request: Request
    services: Services
    snapshot: Snapshot
    browser: Browser
    words: Words
    etag: str

    def passages(self, things: Iterable[Thing]) -> Mapping[str, tuple[Passage, ...]]:
        """The evidence of each thing, by its short id."""
        return {thing.id: self.browser.passages(thing.id) for thing in things}

    def at(self, snapshot: Snapshot) -> Visit:
        """The same request of another snapshot."""
        browser = Browser(snapshot.store, self.services.ontology)
        words = Words(self.services.ontology, browser, load_words(self.words.language))
        return replace(self, snapshot=snapshot, browser=browser, words=words)

    def page(self, template: str, **context: Any) -> HTMLResponse:
        """The page, in the reader's language."""
        context |= {"words": self.words, "snapshot": self.snapshot.id, "page_of": page_of, "sentences_of": sentences_of}
        headers = {"ETag": self.etag, "Cache-Control": "no-cache"}
        return render(self.request, template, self.words.language, headers=headers, **context)

    def unkept_page(self, template: str, **context: Any) -> HTMLResponse:
        """A page that depends on more than the snapshot: who looks, what was just done. Nobody may keep it."""
        page = self.page(template, **context)
        page.headers["Cache-Control"] = "no-store"
        del page.headers["ETag"]
        return page


def _visit(request: Request, services: ServicesDep, language: LanguageDep) -> Visit:
    snapshot = services.shelf.current
    # A page changes with the program too, and its language may come from a cookie: both are in the tag.
    etag = fresh(request, Response(), snapshot.id, language, version(), vary=READERS)
    browser = Browser(snapshot.store, services.ontology)
    words = Words(services.ontology, browser, load_words(language))
    return Visit(request, services, snapshot, browser, words, etag)


VisitDep = Annotated[Visit, Depends(_visit)]
