"""What the model is told and asked, in the language of the article; the words lie in `data/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from graph.errors import BadData
from graph.model.claims import Source, digest
from graph.model.kinds import Kinds
from loaders.reading.tables import LANGUAGES, read_table
from loaders.second.schema import described
from loaders.second.tuning import DATA

_PHRASES = ("undated", "needed", "at_least", "one_of")
_BLANKS = {"system": {"kinds", "mark"}, "user": {"mark", "published", "article"}, "at_least": {"count"}}


@dataclass(frozen=True, slots=True)
class Prompt:
    """The two messages in one language, with blanks for what belongs to an article."""

    system: str  # the kinds are filled in, the mark is not
    user: str
    undated: str

    def messages(self, source: Source, article: str) -> tuple[str, str]:
        """The system's and the user's message about an article (or the part of it that is sent).

        The article is fenced by a mark made from its own text: no text can hold its own mark, so none can end the fence.
        """
        mark = digest({"fenced": source.text})[:16]
        published = source.published or self.undated
        system = Template(self.system).substitute(mark=mark)
        return system, Template(self.user).substitute(mark=mark, published=published, article=article)


def load_prompts(kinds: Kinds, folder: Path = DATA) -> Mapping[str, Prompt]:
    """The prompt of each language that is read; BadData names file and key where a blank or a word is wrong."""
    return {language: _prompt(folder / f"{language}.toml", language, kinds) for language in LANGUAGES}


def _prompt(path: Path, language: str, kinds: Kinds) -> Prompt:
    table = read_table(path, ("system", "user", "types", *_PHRASES))
    for key in ("system", "user", *_PHRASES):
        _check(path, key, table[key])
    needed = {field.singular_type for kind in kinds for field in kind.fields.values() if field.scheme is None}
    types = table["types"]
    if set(types) != needed or not all(isinstance(words, str) and words for words in types.values()):
        raise BadData(f"{path.name}: [types] must describe {', '.join(sorted(needed))}, and nothing else")
    in_words = described(kinds, language, {key: table[key] for key in _PHRASES}, types)
    system = Template(table["system"]).substitute(kinds=in_words.replace("$", "$$"), mark="${mark}")
    return Prompt(system.strip(), table["user"].strip(), table["undated"])


def _check(path: Path, key: str, text: object) -> None:
    blanks = _BLANKS.get(key, set())
    if not isinstance(text, str) or not text.strip():
        raise BadData(f"{path.name}: {key} must be a text")
    template = Template(text)
    if not template.is_valid() or set(template.get_identifiers()) != blanks:
        wanted = ", ".join(sorted(blanks)) or "none"
        raise BadData(f"{path.name}: {key} must have the blanks {wanted}, and no other dollar sign")
