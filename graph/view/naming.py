"""Labels of entities in French and English, from the templates of `schema/labels.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from graph.errors import BadData
from graph.model.terms import Ontology
from graph.record.schema import Schema

LANGUAGES = ("fr", "en")
FILE = "labels.toml"
Texts = Mapping[str, str]
"""One text a language."""

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_AND = {"fr": " et ", "en": " and "}
_LISTED = 3
_SKOS_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
_ARTICLE = "https://w3id.org/diplograph/ontology#article"


class Naming:
    """Labels of reference data, and templates by class."""

    def __init__(self, schema: Schema) -> None:
        self._templates = load_templates(schema.folder, schema.kinds.ontology)
        self._labels: dict[str, dict[str, str]] = {}
        self._articles: dict[str, str] = {}
        for quad in schema.reference:
            language = getattr(quad.object, "language", None)
            if quad.predicate.value == _SKOS_LABEL and language in LANGUAGES:
                self._labels.setdefault(quad.subject.value, {})[language] = quad.object.value  # type: ignore[union-attr]
            elif quad.predicate.value == _ARTICLE:
                self._articles[quad.subject.value] = quad.object.value  # type: ignore[union-attr]
        self._ontology = schema.kinds.ontology

    def label(self, node: str) -> Texts:
        """The label of an agent, concept or city; the end of its IRI where it has none."""
        found = self._labels.get(node, {})
        return {language: found.get(language) or node.rsplit("/", 1)[-1] for language in LANGUAGES}

    def class_label(self, name: str) -> Texts:
        """The label of a class of the ontology."""
        return self._ontology.labels(name)

    def with_article(self, node: str) -> Texts:
        """The label of an agent as it stands after a preposition: `le Maroc`, `Morocco`."""
        plain, article = self.label(node), self._articles.get(node)
        if article is None:
            return plain
        return {**plain, "fr": article + ("" if article.endswith(("'", "’")) else " ") + plain["fr"]}

    def listed(self, texts: Iterable[Texts], most: int = 99) -> Texts | None:
        """Several labels as a list with a final `and`; cut after `most` of them; None for an empty list."""
        found = list(texts)
        if not found:
            return None
        return {language: _joined([text[language] for text in found], language, most) for language in LANGUAGES}

    def several(self, texts: Iterable[Texts]) -> Texts | None:
        """Up to three labels with commas between them."""
        found = list(texts)[:_LISTED]
        return {language: ", ".join(text[language] for text in found) for language in LANGUAGES} if found else None

    def name(self, class_name: str, **values: Texts | str | None) -> dict[str, str]:
        """An entity's labels: its class's template filled with what is known."""
        template = self._templates[class_name]
        filled = {language: _fill(template[language], values, language) for language in LANGUAGES}
        return {language: text[:1].upper() + text[1:] for language, text in filled.items()}


def _joined(texts: Sequence[str], language: str, most: int) -> str:
    if len(texts) > most:
        return ", ".join(texts[:most]) + "…"
    return _AND[language].join(filter(None, (", ".join(texts[:-1]), texts[-1])))


def _fill(template: str, values: Mapping[str, Texts | str | None], language: str) -> str:
    def value(slot: str) -> str | None:
        found = values.get(slot)
        return found if found is None or isinstance(found, str) else found[language]

    def optional(part: re.Match[str]) -> str:
        return part.group(1) if all(value(slot) for slot in _SLOT.findall(part.group(1))) else ""

    return _SLOT.sub(lambda slot: value(slot.group(1)) or "?", _OPTIONAL.sub(optional, template))


def load_templates(folder: Path, ontology: Ontology) -> Mapping[str, Texts]:
    """The templates by class; BadData names the class that is unknown or lacks a language."""
    path = folder / FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadData(f"{path}: {error}") from error
    for name, texts in content.items():
        if set(texts) != set(LANGUAGES) or name not in ontology.classes:
            raise BadData(f"{path}: [{name}] must be a class of the ontology with `fr` and `en`, and nothing else")
    return content
