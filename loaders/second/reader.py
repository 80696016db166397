"""The second reader, alone and beside the first: sources in, claims out, and no claim lost by a failure."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from graph.errors import BadData, DiplomacyError
from graph.model.claims import Claim, Source, SourceClaims
from graph.model.kinds import Kinds, load_kinds
from graph.model.reference import load_reference
from loaders.reading.tables import LANGUAGES
from loaders.second.agreeing import together
from loaders.second.options import Options
from loaders.second.prompt import Prompt, load_prompts
from loaders.second.proposals import Judge
from loaders.second.schema import answer_schema
from loaders.second.tuning import Tuning, load_tuning

if TYPE_CHECKING:
    from loaders.run import MakeReader, Reader
    from loaders.second.client import Endpoint

log = logging.getLogger(__name__)


class SecondReader:
    """Reads a source by asking the endpoint; for one process at a time.

    It remembers how often in a row the endpoint failed: after `give_up_after` times it asks no more.
    """

    def __init__(self, endpoint: Endpoint, prompts: Mapping[str, Prompt], judge: Judge, schema: dict[str, Any]) -> None:
        self._endpoint, self._prompts, self._judge, self._schema = endpoint, prompts, judge, schema
        self._failures = 0

    @property
    def kinds(self) -> Kinds:
        """The kinds of fact that it is asked for."""
        return self._judge.kinds

    @property
    def tuning(self) -> Tuning:
        """The constants in force."""
        return self._judge.tuning

    def read(self, source: Source) -> SourceClaims:
        """What the model says of a source, as far as the text holds it; no claims, and a warning, where it gives no answer."""
        if self._failures >= self.tuning.give_up_after:
            return SourceClaims(source)
        try:
            return SourceClaims(source, self._ask(source))
        except DiplomacyError as error:
            lasting = getattr(error, "lasting", False)
            self._failures = self._failures + 1 if lasting else 0
            log.warning("second reader: %s: %s", source.location or source.id, error)
        if self._failures >= self.tuning.give_up_after:
            log.warning("second reader: %d failures in a row; the rest is read without it", self._failures)
        return SourceClaims(source)

    def _ask(self, source: Source) -> tuple[Claim, ...]:
        text = self._shown(source)
        if not _is_whole(text):
            raise BadData("the text holds half a character (a lone surrogate) and cannot be sent; write the article as UTF-8")
        prompt = self._prompts[source.language if source.language in LANGUAGES else LANGUAGES[0]]
        answer = self._endpoint.ask(*prompt.messages(source, text), self._schema)
        self._failures = 0
        try:
            proposed = self._judge.judge(answer.content, text, f"second/{answer.model}@{answer.version}")
        except BadData as error:
            raise BadData(f"the answer cannot be used, {error}; choose a model that supports structured output") from error
        for reason in proposed.refused:
            log.info("second reader: %s: not taken: %s", source.location or source.id, reason)
        return proposed.claims

    def _shown(self, source: Source) -> str:
        """The article, or as much of it as is sent: whole words up to the longest length."""
        longest = self.tuning.longest_article
        if len(source.text) <= longest:
            return source.text
        log.warning("second reader: %s: only the first %d characters are sent", source.location or source.id, longest)
        head = source.text[:longest]
        return head[: head.rfind(" ")] if " " in head else head


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def second_reader(options: Options) -> SecondReader:
    """A reader of the endpoint that the options name."""
    from loaders.second.client import Endpoint  # here, since its library is an optional extra, which `options_from` looks for

    kinds, tuning = load_kinds(), load_tuning()
    judge = Judge(kinds, load_reference(), tuning)
    return SecondReader(Endpoint(options, tuning), load_prompts(kinds), judge, answer_schema(kinds))


def both(make_first: MakeReader, options: Options) -> Reader:
    """Both readers as one: what the first says, the second beside it, and more confidence where they agree."""
    first, second = make_first(), second_reader(options)
    return partial(_read_both, first, second)


def _read_both(first: Reader, second: SecondReader, source: Source) -> SourceClaims:
    told, asked = first(source).claims, second.read(source).claims
    return SourceClaims(source, together(told, asked, second.kinds, second.tuning))
