"""What listings offer: filters, orders, forms; and what they refuse."""

import csv

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, parse

from graph.asking.resources import load_resources
from graph.model.kinds import load_kinds


def ids(client: TestClient, address: str) -> list[str]:
    listing = client.get(f"/api/v1/{address}").json()
    assert listing["count"] == len(listing["items"])
    return [item["id"].partition("/id/")[2] for item in listing["items"]]


def walk(client: TestClient, address: str) -> list[str]:
    found, cursor = [], ""
    while True:
        listing = client.get(f"/api/v1/{address}{cursor}").json()
        found += [item["id"].partition("/id/")[2] for item in listing["items"]]
        if listing["next"] is None:
            return found
        cursor = f"&cursor={listing['next']}"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("party=rwa", 1), ("party=RWA&partner=BEL", 0),
        ("state=RWA", 1), ("state=rwa&partner=MAR", 1), ("state=RWA&partner=BEL", 0), ("state=BEL&partner=FRA", 1),
        ("type=treaty", 1), ("status=signed", 2), ("domain=training", 1), ("domain=water", 0),
        ("from=2025", 1), ("to=2024-05", 1), ("from=2024-05-03&to=2025-06-17", 0), ("as_of=2024", 1), ("as_of=2026-01", 2),
        ("language=fr", 1), ("language=en", 2), ("q=rwand", 1), ("q=RWÀND", 1), ("q=trait", 1), ("q=treaty", 1), ("q=...", 0),
    ],
)  # fmt: skip
def test_accords_are_filtered_by_what_is_asked(client: TestClient, filters: str, found: int) -> None:
    assert len(ids(client, f"accords?{filters}")) == found
    assert client.get(f"/api/v1/accords?total=true&limit=1&{filters}").json()["total"] == found


def test_people_sources_and_claims_are_filtered_too(client: TestClient, accord: str) -> None:
    source = ids(client, "sources?language=fr")[0]
    assert ids(client, "sources?publisher=the%20tést%20courier") == ids(client, "sources?language=en&from=2025")
    assert accord in ids(client, f"accords?source={source}")
    (person,) = ids(client, "people?q=mugisha")
    assert ids(client, f"accords?signatory={person}") == [accord]
    assert set(ids(client, "claims?type=agreement")) > set(ids(client, f"claims?type=agreement&source={source}"))
    assert {item["properties"]["factKind"][0] for item in client.get("/api/v1/claims?type=office").json()["items"]} == {
        "office"
    }


@pytest.mark.parametrize(("words", "language"), [("defence+agree", "en"), ("DÉFENSE+accord", "fr"), ("defense+signe", "fr")])
def test_claims_are_found_by_the_words_of_their_sentences(client: TestClient, words: str, language: str) -> None:
    found = ids(client, f"claims?q={words}&type=agreement")
    assert len(found) == 1
    assert set(found) < set(ids(client, f"claims?language={language}"))
    assert not ids(client, "claims?q=unheard")
    assert not [one for one in client.get("/api/v1/search?q=signed").json()["hits"] if one["kind"] == "Claim"]


def test_claims_are_found_by_whom_they_name(client: TestClient) -> None:
    rwanda, belgium = (ids(client, f"claims?type=agreement&state={state}") for state in ("rwa", "BEL"))
    assert set(rwanda) | set(belgium) == set(ids(client, "claims?type=agreement"))
    assert (len(rwanda), len(belgium)) == (2, 1)


def test_a_state_of_claims_is_whoever_any_kind_names() -> None:
    fields = [field for kind in load_kinds().by_name.values() for field in kind.fields.values()]
    named = {field.property_name for field in fields if field.type in ("agent", "agents")}
    assert set(load_resources()["claims"].filters["state"].properties) == named - {"changedBy"}  # one of the parties


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("accords?state=QQQ", 422), ("accords?type=pact", 422), ("accords?domain=", 422), ("accords?sort=size", 422),
        ("accords?from=2025-02-30", 400), ("accords?from=2023-02-29", 400), ("accords?as_of=then", 400), ("accords?q=", 400),
        ("states?from=2025", 400), ("people?status=signed", 400), ("accords?limit=501", 400), ("accords?limit=%2B5", 400),
        ("accords?signatory=nobody", 400), ("accords?lang=de", 422), ("accords.xlsx", 404), ("planets.json", 404),
    ],
)  # fmt: skip
def test_what_is_not_offered_is_refused(client: TestClient, query: str, status: int) -> None:
    answer = client.get(f"/api/v1/{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


def test_a_leap_day_is_a_day(client: TestClient) -> None:
    assert client.get("/api/v1/accords?from=2024-02-29&to=2400-02-29").status_code == 200


@pytest.mark.parametrize("sort", ["label", "date", "sources"])
@pytest.mark.parametrize("name", ["accords", "statements", "people", "claims", "sources"])
def test_every_order_can_be_walked_both_ways(client: TestClient, sort: str, name: str) -> None:
    if sort not in load_resources()[name].sorts:
        assert client.get(f"/api/v1/{name}?sort={sort}").status_code == 422
        return
    whole = ids(client, f"{name}?sort={sort}")
    assert walk(client, f"{name}?limit=1&sort={sort}") == whole
    assert walk(client, f"{name}?limit=2&sort=-{sort}") == whole[::-1]


@pytest.mark.parametrize("address", ["states/MAR", "accords", "states?limit=2", "claims?limit=2", "sources"])
@pytest.mark.parametrize(
    ("suffix", "media"),
    [
        ("json", "application/json"), ("jsonld", "application/ld+json"), ("ttl", "text/turtle"),
        ("nt", "application/n-triples"), ("csv", "text/csv"),
    ],
)  # fmt: skip
def test_forms_come_by_suffix_and_by_accept(client: TestClient, address: str, suffix: str, media: str) -> None:
    path, _, query = address.partition("?")
    asked = client.get(f"/api/v1/{address}", headers={"Accept": media})
    named = client.get(f"/api/v1/{path}.{suffix}?{query}")
    assert asked.status_code == named.status_code == 200
    assert asked.headers["Content-Type"].startswith(media)
    assert "Accept" in asked.headers["Vary"]
    assert asked.content == named.content or "?" in address
    again = client.get(f"/api/v1/{address}", headers={"Accept": media, "If-None-Match": asked.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(f"/api/v1/{address}", headers={"Accept": "text/html"}).status_code == 406
    if suffix == "csv":
        columns = named.text.splitlines()[0].split(",")
        assert columns[:5] == ["id", "type", "label_fr", "label_en", "date"]
        assert len(columns) == len(set(columns))
    elif suffix != "json":
        assert subjects(named.content, suffix)


def subjects(content: bytes, suffix: str) -> set[str]:
    formats = {"jsonld": RdfFormat.JSON_LD, "ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}
    return {str(quad.subject) for quad in parse(content, formats[suffix])}


def test_the_next_page_is_linked_in_every_form(client: TestClient) -> None:
    address, found, pages = "/api/v1/claims.nt?limit=2", set(), 0
    while address:
        page = client.get(address)
        assert page.headers["Content-Type"].startswith("application/n-triples")
        assert page.headers["X-Truncated"] == str("Link" in page.headers).lower()
        assert not found & subjects(page.content, "nt")
        found |= subjects(page.content, "nt")
        address, pages = page.headers.get("Link", "")[1:].partition(">")[0], pages + 1
    assert len(found) == client.get("/api/v1/claims?total=true").json()["total"] > 2 * (pages - 1)


@pytest.mark.parametrize("collection", sorted(load_resources()))
def test_a_table_has_a_column_for_all_that_the_listing_tells(client: TestClient, collection: str) -> None:
    told = {name for item in client.get(f"/api/v1/{collection}").json()["items"] for name in item["properties"]}
    columns = next(csv.reader(client.get(f"/api/v1/{collection}.csv?limit=1").text.splitlines()))
    assert told <= set(columns)


def test_a_cell_of_a_listing_is_no_formula(client: TestClient) -> None:
    for line in client.get("/api/v1/sources.csv").text.splitlines():
        assert not line.startswith(("=", "+", "-", "@"))


def test_members_are_found_by_their_keys(client: TestClient, accord: str) -> None:
    found = client.get(f"/api/v1/accords/{accord.partition('/')[2]}").json()
    assert (found["type"], found["date"]) == ("Accord", "2025-06-18")
    for name in load_resources():
        for item in client.get(f"/api/v1/{name}?limit=1").json()["items"]:
            assert client.get(f"/api/v1/{name}/{item['key']}").json() == item
        assert client.get(f"/api/v1/{name}/nothing").status_code == 404
    assert client.get("/api/v1/states/MAR?x=1").status_code == 400


def test_a_claim_shows_where_it_stands(client: TestClient) -> None:
    items = client.get("/api/v1/claims").json()["items"]
    assert items
    for item in items:
        told = item["properties"]
        assert all(any(quote in sentence for sentence in told["sentence"]) for quote in told["quote"])
        assert item["type"] == "Claim"
        assert told["source"][0].startswith("source/")
