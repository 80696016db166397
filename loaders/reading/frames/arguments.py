"""The actors of a sentence as arguments: what each qualifies, whether it acts, and the cue before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from loaders.reading.frames.enumerations import joined
from loaders.reading.frames.grammar import PLAIN, Grammar
from loaders.reading.frames.tokens import SAYS, STEPS, Argument, Token
from loaders.reading.model import DEMONYM, NAME, ORGANISATION, PERSON, PLACE, STATE, TITLE, Mention, Reading, Sentence, Title

ACTORS = STATE + DEMONYM + PLACE + ORGANISATION + PERSON + TITLE
_MANY = frozenset(("pays", "countries", "nations", "states", "governments", "gouvernements", "capitales", "capitals"))
# An adjective before a state, "on junta-led Niger"; behind a state, "the X-backed rebels", it makes them not X.
_COMPOUND = ("-led", "-run", "-ruled", "-controlled", "-backed", "-held", "-torn", "-hit", "-stricken")
_BACKED = ("-based", "-backed", "-sponsored", "-supported", "-funded", "-brokered", "-mediated", "-allied", "-aligned")
_ADJECTIVES = 3  # words between a noun and its determiner: "the tiny Pacific island nation of"
_TOWNS = (NAME, PLACE)


def arguments_of(
    reading: Reading, grammar: Grammar, sentence: Sentence, tokens: Sequence[Token], starts: Sequence[int]
) -> tuple[Argument, ...]:
    """The actors of a sentence; linear in its length."""
    found_at = ((bisect_left(starts, m.start), m) for m in reading.mentions_in(sentence.start, sentence.end, ACTORS))
    single = [
        _argument(reading, grammar, tokens, position, mention)
        for position, mention in found_at
        if position < len(starts) and starts[position] == mention.start
    ]
    return joined(reading, grammar, [argument for argument in single if argument is not None], tokens, starts)


def _argument(reading: Reading, grammar: Grammar, tokens: Sequence[Token], position: int, mention: Mention) -> Argument | None:
    title = mention.value if isinstance(mention.value, Title) else None
    codes = title.of if title is not None else mention.codes
    persons = mention.value if mention.mark == PERSON and isinstance(mention.value, tuple) else ()
    head, government, first, last = _head(grammar, tokens, position, mention, reading.language)
    if reading.folded.startswith(_BACKED, mention.end):
        return None  # "the X-backed rebels", "an X-based firm" are not X
    if head in _MANY and mention.mark == DEMONYM and "EU" in codes:
        return None  # "several European countries" are not the Union
    cue, start = _cue(grammar, tokens, first)
    if persons and cue == "" and first == position:
        cue, _ = _cue(grammar, tokens, _behind_whose(tokens, first))
    acts = True
    if mention.mark == DEMONYM:
        acts = government
        if not government and not head:
            acts = cue in ("", "with", "between", "by") and reading.language == "fr"
    elif mention.mark == PLACE:
        acts = False
    if head and not government and mention.mark != DEMONYM:
        cue, acts = "poss", False
    if cue == "" and first > 2 and mention.mark == STATE and _beyond_a_town(grammar, tokens, first):
        cue = "in"
    if cue == "other" and reading.language == "en" and position + 1 < len(tokens) and SAYS.match(tokens[position + 1].text):
        cue = ""  # "a day after Kigali said": a conjunction, no preposition
    if reading.dateline is not None and reading.dateline.start == mention.start:
        acts = False  # "BEIJING – Iran agreed": the place it was written at does nothing
    start = min(start, mention.start)
    return Argument(start, last, (mention,), tuple(dict.fromkeys(codes)), tuple(persons), cue, head, acts)


def _behind_whose(tokens: Sequence[Token], first: int) -> int:
    """Where the phrase of a person begins whose state stands right before: "talks with Russia's X", "avec le Danois X"."""
    back = first - 2 if first > 1 and tokens[first - 1].text == "'s" else first - 1
    return back if back >= 0 and tokens[back].mention and tokens[back].text[0] in STATE + DEMONYM else first


def _beyond_a_town(grammar: Grammar, tokens: Sequence[Token], first: int) -> bool:
    """True for the state after a town, be it one that no list knows: "in Nanyuki, Kenya"."""
    if tokens[first - 1].text != "," or tokens[first - 2].text[0] not in _TOWNS:
        return False
    cue, _ = _cue(grammar, tokens, first - 2)
    return cue in ("in", "to")


def _head(
    grammar: Grammar, tokens: Sequence[Token], position: int, mention: Mention, language: str
) -> tuple[str, bool, int, int]:
    """The noun an actor qualifies, whether that is a government, the first token of the phrase, where the phrase ends."""
    if language == "en":
        return _english_head(grammar, tokens, position, mention)
    if mention.mark == DEMONYM and position:
        noun = tokens[position - 1]
        if noun.text[0] == "M":
            return "personnel", False, position - 1, mention.end  # "200 soldats britanniques"
        back = position - 1
        if noun.text in grammar.words["of_a_government"] and back:
            noun, back = tokens[back - 1], back - 1
        if noun.text in grammar.government:
            return noun.text, True, back, mention.end
        found = _ministry(grammar, tokens, position)
        if found is not None:
            return tokens[found].text, True, found, mention.end
        if noun.text in grammar.conjunctions and back and tokens[back - 1].text[0] == DEMONYM:
            return "", False, position, mention.end  # "les autorités togolaises et ghanéennes"
        if noun.text.isalpha() and not noun.mention and noun.text not in grammar.determiners and noun.text not in grammar.cues:
            return noun.text, False, back, mention.end
    return "", False, position, mention.end


def _ministry(grammar: Grammar, tokens: Sequence[Token], position: int) -> int | None:
    """The token of "ministère" in "ministère des Affaires étrangères belge"."""
    for back in range(position - 1, max(-1, position - 8), -1):
        if tokens[back].text in ("ministere", "ministeres", "autorites", "gouvernement", "chancellerie"):
            return back
        if tokens[back].mention or tokens[back].text in (",", ".", ";", "et", "avec", "par", "a", "en"):
            return None
    return None


def _english_head(grammar: Grammar, tokens: Sequence[Token], position: int, mention: Mention) -> tuple[str, bool, int, int]:
    after = position + 1
    possessive = after < len(tokens) and tokens[after].text in ("'s", "'")
    if possessive:
        after += 1
    if mention.mark != DEMONYM and not possessive:
        return "", False, position, mention.end
    skipped = 0
    while after < len(tokens) and skipped < 3 and tokens[after].text in grammar.light:
        if tokens[after].text in grammar.government and not _noun_follows(grammar, tokens, after):
            break
        after, skipped = after + 1, skipped + 1
    if after < len(tokens) and not tokens[after].mention:
        noun = tokens[after]
        ceremony = noun.text == "state" and after + 1 < len(tokens) and tokens[after + 1].text in ("visit", "visits", "dinner")
        if noun.text in grammar.government and not ceremony:
            return noun.text, True, position, noun.end
        if noun.text[0].isalpha() and noun.text not in grammar.cues and noun.text not in grammar.conjunctions:
            return noun.text, False, position, mention.end
        if possessive:
            return noun.text, False, position, mention.end
    return ("'s" if possessive else ""), False, position, mention.end


def _noun_follows(grammar: Grammar, tokens: Sequence[Token], position: int) -> bool:
    following = position + 1
    return following < len(tokens) and tokens[following].text in grammar.government


def _cue(grammar: Grammar, tokens: Sequence[Token], first: int) -> tuple[str, int]:
    """The cue before the phrase that begins at token `first`, and the offset where the phrase begins without it."""
    position, start, cue = first - 1, tokens[first].start, ""
    for _ in range(STEPS):
        if position < 0:
            return cue, start
        text = tokens[position].text
        long = _long_cue(grammar, tokens, position)
        if long is not None and long[1] > 1:
            return long[0], start
        if long is not None and cue == "":
            cue, position = long[0], position - 1
            if cue != "of":
                return cue, start
            continue
        if cue == "of":
            if text in grammar.government:  # "avec le gouvernement du Mali"
                position = _before_adjectives(grammar, tokens, position - 1)
                cue, start = "", tokens[position + 1].start
                continue
            return cue, start
        if (
            text in grammar.determiners
            or text in grammar.light
            or text.endswith(_COMPOUND)
            or text in ("(", "«", '"', "“", "'")
        ):
            start, position = tokens[position].start, position - 1
            continue
        return cue, start
    return cue, start


def _before_adjectives(grammar: Grammar, tokens: Sequence[Token], position: int) -> int:
    """Where the determiner of a noun stands, adjectives between passed over: "with the small island [nation] of X"."""
    for back in range(position, max(-1, position - _ADJECTIVES - 1), -1):
        token = tokens[back]
        if token.text in grammar.determiners:
            return back
        if token.mention or not token.text.isalpha() or token.text in grammar.cues or token.text in grammar.conjunctions:
            break
    return position


def _long_cue(grammar: Grammar, tokens: Sequence[Token], position: int) -> tuple[str, int] | None:
    """The longest cue whose last word is the token at `position`, and its number of words."""
    final = tokens[position].text
    for length in grammar.cue_lengths.get(final, ()):
        if length == 1:
            return (grammar.cues[final], 1) if final in grammar.cues else None
        if length > position + 1:
            continue
        words = [token.text for token in tokens[position - length + 1 : position]]
        lead = "".join(word if word.endswith("'") else word + " " for word in words)
        cue = grammar.cues.get(lead + final) or grammar.cues.get(lead + PLAIN.get(final, final))
        if cue is not None:
            return cue, length
    return None
