"""Which titles of a sentence speak of which of its names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from loaders.reading.further_links import ENDS, and_theirs, beyond_owned, farther, gapped, owner
from loaders.reading.model import NAME, ORGANISATION, STATE, TITLE, Mention, Title
from loaders.reading.person_rules import PersonRules
from loaders.reading.plural_links import of_plural
from loaders.reading.units import Link, gap_between, is_address, is_rank, next_name, unbracketed

_HELD = re.compile(r", (?:le |la |l'|the )?[a-z'-]{4,}(?: [a-z-]{4,})? ")
_TAKEN = ("after the title and a comma", "title before the name")
_BEEN = (" a ete ", " est ", " avait ete ", " sera ", " was ", " has been ", " is ", " had been ")  # "X was put in charge of"
_RELATIVE = (
    "qui ",
    "dirige ",
    "dirigeait ",
    "dirigera ",
    "who ",
    "à la tête",
    "at the head",
)  # a title that is a relative clause follows its name without a comma
_RANKED = frozenset((" ", ". "))
_CROWNED = _RANKED | {", ", ", le ", ", sheikh ", ", cheikh "}
_EPITHET = r"[a-z]{3,}(?:iste|ique|aire|eux|ocrate)"
_ALSO = re.compile(rf" (?:(?:et|and) [a-z][a-z' -]{{3,30}}|{_EPITHET}), ")  # "the minister and guest of honour, X"
_FURTHER = re.compile(r",? (?:[a-z][a-zA-Z_' -]{3,60}) (?:et|and)(?: l[ea]| l'| the)? ")  # "X, head of protocol and ambassador"
_AS = (" comme ", " as ", " au poste ", " a la tete ", " at the head ")
_SUCCEEDS = re.compile(
    r" (?:a |has |will |avait |had )?"
    r"(?:succede a|succedera a|remplace|remplacera|succeeded|succeeds|succeed|replaces|replaced|replace"
    r"|took over from|takes over from)"
    r" (?:m\. |mme |mr\.? |mrs\.? )?"
)
_APPOINTED = re.compile(
    r"(?:^|[.\n] ?)(?:nommee?|elue?|designee?|promue?|appointed|named|elected|sworn in as|installed as|promoted to)"
    r" (?:the |le |la )?\Z"
)
_IN_MAY = re.compile(r"(?: [^.;,\n]{0,34})?, ")
_BRACKETED = re.compile(r" ?\([^)\n]{1,40}\)")  # "X (SPD), chancellor"
_TO_ADDRESS = (", ", ", the ", ", l'", ", le ", ", la ")


def find_links(units: Sequence[Mention], folded: str, rules: PersonRules) -> list[Link]:
    """Which titles speak of which names in one sentence; `units` are its titles, names, states and organisations, in order."""
    links: list[Link] = []
    named: dict[int, str] = {}  # name -> how it got its first title
    index = 0
    while index < len(units):
        unit = units[index]
        if unit.mark == TITLE and isinstance(unit.value, Title):
            for link in _of_title(index, units, folded, rules, named):
                links.append(link)
                named.setdefault(link.name, link.why)
        index += 1
    return links


def _of_title(
    index: int, units: Sequence[Mention], folded: str, rules: PersonRules, named: Mapping[int, str]
) -> Iterator[Link]:
    unit = units[index]
    title = unit.value
    assert isinstance(title, Title)
    if title.plural or (index > 0 and gap_between(units, index - 1, index, folded).startswith(rules.both)):
        yield from of_plural(index, units, folded, rules)
        return
    if is_rank(unit):
        holder = next_name(index, units, folded, _CROWNED if title.offices == ("head_of_state",) else _RANKED)
        if holder is not None:
            yield Link(index, holder, title.of, "rank before the name")
        return
    if is_address(unit) and index > 0 and _leads_to(index, units, folded, rules):
        return  # "the minister of state, Ambassador X": the name is the minister's
    holder = _through_ranks(index, units, folded, rules.direct)
    if holder is not None and not _relative(unit):
        yield Link(index, holder, title.of, "title before the name")
        return
    before = _described(index, units, folded, rules)
    forward = _through_ranks(index, units, folded, rules.comma)
    forward = _past_guest(index, units, folded) if forward is None and before is None else forward
    forward = _appointed(index, units, folded, rules) if forward is None and before is None else forward
    before = _unparted(index, units, folded) if forward is None and before is None else before
    other = None if before is not None and named.get(before, "").endswith(_TAKEN) else before  # "T1, A, T2, B": A is T1's
    if forward is not None and _passed_over(index, forward, other, units, folded, rules):
        forward = None
    if owner(index, units, folded, rules) is not None and forward is not None and before is None:
        return  # "T1 du T2, Nom": the name is T1's, which looks ahead itself
    if before is not None and (forward is None or not _article_before(unit, folded, rules)):
        taken = named.get(before)
        own = forward is not None or beyond_owned(index, units, folded, rules) is not None
        if not (taken == "name after the title and a comma" and own):
            yield Link(index, before, title.of, "title after the name")
            yield from gapped(index, units, folded, rules)
            return
    if forward is not None:
        yield Link(index, forward, title.of, "name after the title and a comma")
        if forward + 2 < len(units) and and_theirs(forward, units, folded, rules):
            yield Link(index, forward + 2, units[forward + 1].codes[:1], "name after the title and a comma")
        return
    yield from farther(index, title, units, folded, rules)


def _unparted(index: int, units: Sequence[Mention], folded: str) -> int | None:
    """The full name right before a title that says whose office it is: "X ministre malien des Affaires étrangères a …"."""
    title, name = units[index].value, units[index - 1] if index else None
    if name is None or name.mark != NAME or gap_between(units, index - 1, index, folded) != " " or not isinstance(title, Title):
        return None
    return index - 1 if title.of and title.text[:1].islower() and " " in str(name.value) else None


def _leads_to(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> bool:
    """True when the unit before is a title of more weight that this one belongs to."""
    other = units[index - 1]
    if other.mark != TITLE or is_rank(other) or is_address(other) or next_name(index, units, folded, rules.direct) is None:
        return False
    gap = gap_between(units, index - 1, index, folded)
    return gap in rules.direct or gap in _TO_ADDRESS


def _through_ranks(index: int, units: Sequence[Mention], folded: str, gaps: frozenset[str]) -> int | None:
    """The name after a title, past a rank or another title of the same person between them."""
    following = index + 1
    if following < len(units) and (is_rank(units[following]) or is_address(units[following])):
        gap = unbracketed(units, index, following, folded)
        if gap.removesuffix("le ").removesuffix("l'").removesuffix("the ") in gaps:
            return next_name(following, units, folded, _RANKED)
        return None
    return next_name(index, units, folded, gaps)


def _described(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> int | None:
    """The name before a title that describes it."""
    name = index - 1
    if name > 0 and units[name].mark in STATE + ORGANISATION and gap_between(units, name - 1, name, folded) == " (":
        name -= 1  # "Nom (Mali), ministre"
    possessed = name > 0 and units[name].mark == NAME and gap_between(units, name, index, folded) == "'s "
    if possessed:  # "X, Y's envoy"
        if units[name - 1].mark == NAME and gap_between(units, name - 1, name, folded) in rules.after:
            return name - 1
        return None
    if name < 0 or units[name].mark != NAME:
        return None
    gap = gap_between(units, max(name, index - 1), index, folded)
    aside = _BRACKETED.match(gap)
    gap = gap[aside.end() :] if aside is not None and aside.end() < len(gap) else gap
    if units[index].why == "title: holder" and (_HELD.fullmatch(gap) or gap in _BEEN):
        return name  # "X, la conseillère fédérale chargée de la Défense"
    if gap.startswith(_AS) and name > 0 and units[name - 1].mark == NAME:
        between = gap_between(units, name - 1, name, folded)
        if _SUCCEEDS.fullmatch(between):
            return name - 1  # "A succeeded B as minister": A
    if gap not in rules.after:
        if gap == " ":
            return _right_after(index, name, units, folded, rules)
        return name if _FURTHER.fullmatch(gap) or rules.holding.fullmatch(gap) else None
    if index + 1 < len(units) and owner(index + 1, units, folded, rules) == index:
        return name
    ended = folded[units[index].end : units[index].end + 1] in ENDS or folded[
        units[index].end : units[index].end + 5
    ].startswith(rules.going_on)
    return name if ended or not gap.startswith(rules.definite) else None


def _right_after(index: int, name: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> int | None:
    """Whose a title is that follows a name without a comma: "X who heads", "A replaces B at the head of", "named X T"."""
    if _relative(units[index]):
        replaced = name > 0 and units[name - 1].mark == NAME
        return name - 1 if replaced and _SUCCEEDS.fullmatch(gap_between(units, name - 1, name, folded)) else name
    lead = folded[max(0, units[name].start - 24) : units[name].start]
    given = lead.endswith(rules.appoints) and folded[units[index].end : units[index].end + 1] != " "
    return name if given or _signs(index, units, folded) else None


def _relative(unit: Mention) -> bool:
    """True for a title that is a relative clause or the like, and never stands right before its name."""
    return isinstance(unit.value, Title) and unit.value.text.startswith(_RELATIVE)


def _signs(index: int, units: Sequence[Mention], folded: str) -> bool:
    """True for a title with a capital that follows its name without a comma: "Ms Ana Diaz Minister of Trade;"."""
    title = units[index].value
    if not isinstance(title, Title) or not title.text[:1].isupper() or not (" " in title.text or "-" in title.text):
        return False
    return folded[units[index].end : units[index].end + 1] in ("", ",", ";", "\n", ".", "(") and " " in str(
        units[index - 1].value
    )


def _past_guest(index: int, units: Sequence[Mention], folded: str) -> int | None:
    """The name after a title and what else is said of its holder: "the minister and guest of honour, X"."""
    following = index + 1
    if following < len(units) and units[following].mark == NAME:
        return following if _ALSO.fullmatch(gap_between(units, index, following, folded)) else None
    return None


def _appointed(index: int, units: Sequence[Mention], folded: str, rules: PersonRules) -> int | None:
    """ "Appointed minister in May, X", "minister since May, X": the name after what opens a sentence."""
    start = units[index].start
    if index or index + 1 >= len(units) or units[1].mark != NAME:
        return None
    gap = gap_between(units, 0, 1, folded)
    if rules.since.fullmatch(gap) and not _article_before(units[0], folded, rules):
        return 1
    return 1 if _APPOINTED.search(folded, max(0, start - 24), start) and _IN_MAY.fullmatch(gap) else None


def _passed_over(
    index: int, forward: int, before: int | None, units: Sequence[Mention], folded: str, rules: PersonRules
) -> bool:
    """True for a name after a comma that is not the title's: "after meeting A, the T1, B, the T2", "besides the T, A said"."""
    after = forward + 1
    own = after < len(units) and units[after].mark == TITLE and gap_between(units, forward, after, folded) in rules.definite
    if before is not None and own:
        return gap_between(units, before, index, folded) in rules.definite
    opening = folded[max(0, units[index].start - 24) : units[index].start].rpartition("\n")[2]
    return (
        index == 0
        and folded[units[index].end : units[index].end + 2] == ", "
        and opening.lstrip().startswith(rules.besides)
        and folded[units[forward].end : units[forward].end + 1] == " "
    )


def _article_before(unit: Mention, folded: str, rules: PersonRules) -> bool:
    return folded[max(0, unit.start - 8) : unit.start].endswith(rules.article)
