"""The small pieces that pages are made of."""

import pytest

from api.caching import etag, matches
from api.charts import bars
from api.languages import Language, load_texts
from api.links import page_of
from api.passages import cut
from api.routers.pages.states import SECTIONS
from api.table import shown_rows
from api.templating import web_address
from api.things import Thing
from api.words import Shown, Words
from graph.asking.ask import Answer
from graph.asking.questions import load_questions
from graph.model.kinds import load_kinds
from graph.model.terms import load_ontology

SENTENCE = "Rabat et Kigali ont signé un accord à Rabat."


def pieces(*triggers: tuple[int, int], quote: str = "ont signé un accord") -> list[tuple[str, str]]:
    start = SENTENCE.index(quote)
    return [(piece.text, piece.mark) for piece in cut(SENTENCE, [(start, start + len(quote), triggers)])]


def test_sentence_is_cut_at_quote_and_trigger() -> None:
    assert pieces((20, 25)) == [
        ("Rabat et Kigali ", "plain"),
        ("ont ", "quote"),
        ("signé", "trigger"),
        (" un accord", "quote"),
        (" à Rabat.", "plain"),
    ]


def test_a_trigger_outside_the_sentence_is_left_out() -> None:
    assert all(mark != "trigger" for _, mark in pieces((-100, -90), (400, 410)))


def test_a_trigger_that_reaches_over_the_edge_is_shown_up_to_it() -> None:
    assert pieces((-10, 5))[0] == ("Rabat", "trigger")


def test_two_claims_of_one_sentence_are_marked_together() -> None:
    both = cut(SENTENCE, [(16, 25, [(20, 25)]), (26, 35, [(29, 35)])])
    assert [piece.text for piece in both if piece.mark == "trigger"] == ["signé", "accord"]


def test_pieces_make_up_the_sentence() -> None:
    assert "".join(text for text, _ in pieces((20, 25), (30, 40))) == SENTENCE


@pytest.mark.parametrize("address", ["https://a.example/x?y=1", "http://a.example"])
def test_web_addresses_may_be_linked(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//a.example", "https:", "http://[", "", None]
)
def test_other_addresses_are_not_linked(address: str | None) -> None:
    assert web_address(address) is None


def test_bars_reach_from_first_to_last_year_and_the_tallest_is_the_greatest() -> None:
    chart = bars({2023: 1, 2024: 0, 2025: 4})
    assert chart is not None
    assert [bar.year for bar in chart.bars] == [2023, 2024, 2025]
    assert max(chart.bars, key=lambda bar: bar.height).year == 2025
    assert chart.bars[1].height == 0
    assert all(bar.x >= 0 and bar.x + bar.width <= chart.width for bar in chart.bars)


def test_bars_before_the_last_sixty_years_are_counted_not_drawn() -> None:
    chart = bars(dict.fromkeys(range(1900, 2000), 1))
    assert chart is not None
    assert (len(chart.bars), chart.earlier, chart.first) == (60, 40, 1940)


def test_one_year_alone_is_no_chart() -> None:
    assert bars({2025: 3}) is None
    assert bars({}) is None


@pytest.mark.parametrize(
    ("header", "same"),
    [(None, False), ("*", False), ('"a"', True), ('W/"a"', True), ('"b", W/"a"', True), ('"b"', False), ("a", False)],
)
def test_etags_are_compared_weakly(header: str | None, same: bool) -> None:
    assert matches(header, 'W/"a"') is same


def test_etags_of_representations_differ() -> None:
    here, there = b"/api/v1/states?", b"/api/v1/accords?"
    tags = {etag("a", here), etag("a", here, "fr"), etag("a", here, "en"), etag("b", here, "fr"), etag("a", there)}
    assert len(tags) == 5


@pytest.mark.parametrize(
    ("short_id", "page"),
    [
        ("state/MAR", "/states/MAR"),
        ("organisation/AU", "/states/AU"),
        ("source/ab", "/sources/ab"),
        ("accord/ab", "/entities/accord/ab"),
        ("accord/a b<", "/entities/accord/a%20b%3C"),
    ],
)
def test_things_have_pages(short_id: str, page: str) -> None:
    assert page_of(short_id) == page


def test_every_kind_of_fact_has_its_place_on_the_partner_page() -> None:
    placed = [name for classes in SECTIONS.values() for name in classes]
    assert sorted(placed) == sorted({kind.class_name for kind in load_kinds()})


class Named:
    """A browser that knows one state and nothing else."""

    def thing(self, name: str) -> Thing | None:
        return Thing("state/MAR", "State", {"fr": "Maroc", "en": "Morocco"}, {}) if name == "state/MAR" else None


def words(language: Language) -> Words:
    return Words(load_ontology(), Named(), load_texts()[language])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("date", "french", "english"),
    [
        ("2025", "2025", "2025"),
        ("2025-08", "août 2025", "August 2025"),
        ("2025-08-01", "1er août 2025", "1 August 2025"),
        ("2025-08-31", "31 août 2025", "31 August 2025"),
        ("XXXX-06-18", "18 juin, année non dite", "18 June, year not said"),
        (None, "date non dite", "date not said"),
        ("soon", "soon", "soon"),
    ],
)
def test_dates_are_said_as_precisely_as_they_are_known(date: str | None, french: str, english: str) -> None:
    assert (words("fr").date(date), words("en").date(date)) == (french, english)


def test_values_are_said_in_the_readers_language() -> None:
    assert words("fr").value("accordType", "treaty").text == "traité"
    assert words("fr").value("party", "state/MAR") == Shown("Maroc", "/states/MAR")
    assert words("fr").value("value", 1234567.0).text == "1\u202f234\u202f567"
    assert words("en").value("value", 1234567.5).text == "1,234,567.5"
    assert words("en").value("signedOn", "2025-06").text == "June 2025"
    assert (
        words("fr").label(Thing("x/1", "Accord", {"fr": "Accord : « défense »"}, {})) == "Accord\u00a0: «\u00a0défense\u00a0»"
    )


def test_a_column_is_translated_whole_or_not_at_all() -> None:
    question = load_questions()["accords"]
    filler = dict.fromkeys(question.columns)

    def column(name: str, *values: str) -> list[list[str]]:
        rows = tuple(tuple({**filler, name: value}.values()) for value in values)
        found = shown_rows(words("fr"), Answer(question, tuple(question.columns), rows, False, None))
        place = list(question.columns).index(name)
        return [[shown.text for shown in row[place]] for row in found]

    assert column("type", "treaty", "memorandum") == [["traité"], ["mémorandum"]]
    assert column("status", "signed") == [["signé"]]  # and not the name that another scheme has for it
    assert column("place", "signed") == [["signed"]]
    assert column("place", "Rabat", "treaty") == [["Rabat"], ["treaty"]]
    assert column("place", "MAR") == [["Maroc"]]
    assert column("signed_on", "2025-06") == [["juin 2025"]]
