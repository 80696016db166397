"""Contingents: a count of those who are there is no arrival."""

from graph.model.claims import Source
from loaders.reading.lexicon import Lexicon
from loaders.reading.reader import read


def test_how_many_there_are_is_not_dated_by_the_day_of_the_news(lexicon: Lexicon) -> None:
    text = "date: 2021-03-09\nAccra\n\nACCRA, Monday - The Ghanaian force in Cyprus numbers 150, the army said."
    (fact,) = [claim.fields for claim in read(Source(text=text), lexicon).claims if claim.kind == "deployment"]
    assert (fact["personnel"], "date" in fact) == (150, False)
