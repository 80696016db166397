"""Many processes give what one gives, in the same order; a parcel is opened as it was packed."""

from __future__ import annotations

from graph.errors import BadSource
from graph.model.claims import Claim, Link, Reason, Source, SourceClaims, Span
from loaders.parcels import packed, unpacked
from loaders.run import Item, Reader, read_all

TEXT = "Lima et Oslo ont rompu."


def told(source: Source) -> SourceClaims:
    """A claim that every field of a claim is used in; an article that says so cannot be read."""
    if "panne" in source.text:
        raise ValueError(source.text)
    first = Claim(
        "relation", {"parties": ("PER", "NOR"), "change": "severed"}, (Span(0, 4, source.text[:4]),), 0.75, "relation/severed"
    )
    second = Claim(
        "office",
        {"person": "Ana Ruiz", "office": "ambassador"},
        (Span(0, 4, source.text[:4]), Span(8, 12, source.text[8:12])),
        0.5,
        "office/title",
        reader="rules",
        reasons=(Reason("person", source.text[8:12], 8, 12, "named"),),
        links=(Link("foundingAccord", 0, "beside it"),),
        guesses={"of": "PER"},
    )
    return SourceClaims(source, (first, second))


def make_told() -> Reader:
    """What a worker makes once."""
    return told


def test_a_parcel_is_opened_as_it_was_packed() -> None:
    source = Source(text=TEXT, url="https://example.org/1")
    result = told(source)
    assert unpacked(source, packed(source, result)) == result


def test_what_is_no_claim_goes_as_it_is() -> None:
    source, refused = Source(text=TEXT), BadSource("a.txt: empty")
    other = SourceClaims(Source(text="autre"), ())
    assert packed(refused, refused) is refused
    assert unpacked(source, packed(source, other)) is other


def test_two_processes_give_what_one_gives() -> None:
    items: list[Item] = [Source(text=f"{TEXT} {number}", location=f"{number}.txt") for number in range(20)]
    items[3], items[11] = BadSource("x.txt: empty"), Source(text="panne", location="panne.txt")
    one, two = (list(read_all(items, processes, make_told)) for processes in (1, 2))
    assert [str(each) if isinstance(each, BadSource) else each for each in one] == [
        str(each) if isinstance(each, BadSource) else each for each in two
    ]
    assert isinstance(two[11], BadSource)
    assert "panne.txt" in str(two[11])
