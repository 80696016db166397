"""Answers and explanations on a terminal: tables where they fit, a card for each row where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from graph.asking.ask import Answer
from graph.asking.claims import ClaimInfo, Passage
from graph.asking.entities import Explanation
from graph.asking.formats import table
from graph.asking.questions import Question
from graph.model.iri import short

_READABLE = 14  # characters: a column narrower than this breaks words on nearly every line
_CARRYING = ("trigger", "evidence")


def render(answer: Answer, language: str = "fr", width: int = 200) -> RenderableType:
    """The answer as a table for a terminal `width` characters wide."""
    headings, rows = table(answer, language)
    title = answer.question.title.in_language(language)
    if not rows:
        return Text(f"{title} : aucune ligne" if language == "fr" else f"{title}: no rows")
    return _drawn(title, headings, rows) if len(headings) * _READABLE <= width else Group(*_cards(title, headings, rows))


def render_questions(questions: Mapping[str, Question], language: str = "fr") -> Table:
    """Every question with its parameters (those that are required marked `*`) and its description."""
    rows = [(one.name, _parameters(one), one.description.in_language(language)) for one in questions.values()]
    headings = ("question", "paramètres", "réponse") if language == "fr" else ("question", "parameters", "answer")
    return _drawn(None, headings, rows)


def render_explanation(explanation: Explanation) -> Group:
    """Why something is held: each sentence with the words that carry it in square brackets, its source and rule."""
    head = Text.assemble((explanation.label, "bold"), f"  {explanation.class_label}  {short(explanation.iri)}")
    if not explanation.claims:
        return Group(
            head, Text("  donnée de référence, aucune phrase ne la porte ; `diplograph ask` dit quels faits la nomment")
        )
    return Group(head, *(line for claim in explanation.claims for line in _claim(claim)))


def _claim(claim: ClaimInfo) -> Iterator[Text]:
    yield Text("")
    yield from map(_marked, claim.passages)
    source = claim.source
    told = ", ".join(part for part in (source.title, source.publisher, source.published) if part)
    yield Text(f"  {told or short(source.iri)}")
    yield Text(f"  {claim.rule} ({claim.reader}), {claim.confidence:.2f}, {short(claim.iri)}", style="dim")
    for one in claim.reasons:
        yield Text(f"  {one['role']}: {one['words']} ({one['why']})", style="dim")


def _marked(passage: Passage) -> Text:
    """The sentence; brackets, because a pipe and a file show no bold."""
    text, position = Text("« "), 0
    for mark in passage.marks:
        if mark.role in _CARRYING and mark.start >= position:
            text.append(passage.sentence[position : mark.start])
            text.append(f"[{passage.sentence[mark.start : mark.end]}]", style="bold reverse")
            position = mark.end
    return text.append(passage.sentence[position:] + " »")


def _parameters(question: Question) -> str:
    return " ".join(f"{name}{'*' * parameter.required}" for name, parameter in question.parameters.items())


def _drawn(title: str | None, headings: Iterable[str], rows: Iterable[Sequence[str]]) -> Table:
    drawn = Table(title=title and Text(title), show_lines=False)
    for heading in headings:
        drawn.add_column(Text(heading), overflow="fold")
    for row in rows:
        drawn.add_row(*map(Text, row))  # text, not markup: a name in square brackets stays a name
    return drawn


def _cards(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[RenderableType]:
    """Each row as lines of heading and value, without those that hold nothing."""
    yield Text(title, style="bold")
    for row in rows:
        yield Rule()
        card = Table.grid(padding=(0, 2))
        card.add_column(style="dim", max_width=32)
        card.add_column(overflow="fold")
        for heading, value in zip(headings, row, strict=True):
            if value:
                card.add_row(Text(heading), Text(value))
        yield card
