"""Which of the two languages that can be read a text is in."""

from __future__ import annotations

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from graph.errors import BadSource

READ = ("fr", "en")
_SAMPLE = 20_000  # characters: enough to tell a language, and a bound on the cost for a long text
_PLAUSIBLE = 0.05  # a short or mixed text is read when French or English is at least this likely


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str, place: str) -> str:
    """`fr` or `en`; BadSource for any other language, naming the one that was recognised."""
    ranked = dict(_identifier().rank(text[:_SAMPLE]))
    best = max(READ, key=lambda language: ranked[language])
    if ranked[best] >= _PLAUSIBLE:
        return best
    likeliest = max(ranked, key=lambda language: ranked[language])
    raise BadSource(f"{place}: the text seems to be in “{likeliest}”; only French and English are read")
