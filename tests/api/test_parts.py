"""The small pieces that pages are made of."""

import pytest

from api.caching import etag, matches
from api.charts import bars
from api.links import page_of
from api.passages import cut
from api.templating import web_address

SENTENCE = "Rabat et Kigali ont signé un accord à Rabat."


def pieces(*triggers: tuple[int, int], quote: str = "ont signé un accord", start: int = 116) -> list[tuple[str, str]]:
    return [(piece.text, piece.mark) for piece in cut(SENTENCE, quote, start, triggers)]


def test_sentence_is_cut_at_quote_and_trigger() -> None:
    assert pieces((120, 125)) == [
        ("Rabat et Kigali ", "plain"),
        ("ont ", "quote"),
        ("signé", "trigger"),
        (" un accord", "quote"),
        (" à Rabat.", "plain"),
    ]


def test_a_trigger_outside_the_sentence_is_left_out() -> None:
    assert all(mark != "trigger" for _, mark in pieces((0, 10), (500, 510)))


def test_a_trigger_that_reaches_over_the_edge_is_shown_up_to_it() -> None:
    assert pieces((90, 105))[0] == ("Rabat", "trigger")


def test_a_quote_that_is_not_in_the_sentence_leaves_it_whole() -> None:
    assert pieces(quote="nothing of the kind") == [(SENTENCE, "plain")]


def test_pieces_make_up_the_sentence() -> None:
    assert "".join(text for text, _ in pieces((120, 125), (130, 140))) == SENTENCE


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
    [(None, False), ("*", True), ('"a"', True), ('W/"a"', True), ('"b", W/"a"', True), ('"b"', False), ("a", False)],
)
def test_etags_are_compared_weakly(header: str | None, same: bool) -> None:
    assert matches(header, etag("a")) is same


def test_etags_of_representations_differ() -> None:
    assert len({etag("a"), etag("a", "fr"), etag("a", "en"), etag("b", "fr")}) == 4


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
