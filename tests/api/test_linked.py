"""Addresses of terms, concepts, claims and evidence: each leads to a page or to RDF that speaks of it."""

import re

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from graph.model.terms import load_ontology

BASE = "https://w3id.org/diplograph"
FORMS = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}


def triples(client: TestClient, path: str, suffix: str) -> Dataset:
    answer = client.get(f"{path}.{suffix}")
    assert answer.status_code == 200, path
    found = Dataset(parse(answer.content, format=FORMS[suffix]))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found


@pytest.mark.parametrize("path", ["ontology", "concept/AccordType", "concept/AccordType/memorandum", "id/state/MAR"])
def test_every_form_says_the_same(client: TestClient, path: str) -> None:
    found = [triples(client, f"/{path}", suffix) for suffix in FORMS]
    assert len(found[0]) > 3
    assert all(other == found[0] for other in found[1:])
    assert any(quad.subject.value == f"{BASE}/{path}" for quad in found[0])


def test_whatever_a_fact_speaks_of_has_an_address(client: TestClient, accord: str) -> None:
    """Its claims, their evidence, its concepts, its classes: each is found there in RDF, and by a browser."""
    text = client.get(f"/id/{accord}.nt").text
    assert "bookkeeping" not in text
    addresses = {iri.partition("#")[0] for iri in re.findall(rf"<({BASE}/[^>]*)>", text)}
    assert any("/id/evidence/" in address for address in addresses)
    for address in addresses:
        path = address.removeprefix(BASE)
        found = client.get(path, headers={"Accept": "application/n-triples"})
        assert found.status_code == 200, path
        assert f"<{address}" in found.text, path
        assert client.get(path, headers={"Accept": "text/html"}).status_code == 200, path


def test_a_term_leads_a_browser_to_its_place_on_the_page(client: TestClient) -> None:
    for path, place in (("/ontology", ""), ("/concept/AccordType/treaty", "#AccordType/treaty")):
        seen = client.get(path, headers={"Accept": "text/html"}, follow_redirects=False)
        assert (seen.status_code, seen.headers["Location"].removesuffix("#")) == (303, f"/vocabulary{place}")
        assert seen.headers["Vary"].startswith("Accept")
    for language, word in (("fr", "traité"), ("en", "treaty")):
        page = client.get("/vocabulary", params={"lang": language}).text
        places = set(re.findall(r'<dt id="([^"]+)"', page))
        assert {"State", "signedOn", "AccordType/treaty"} <= places
        assert set(load_ontology().properties) <= places
        assert word in page


@pytest.mark.parametrize(
    "path",
    ["/concept/Dragon", "/concept/AccordType/dragon", "/ontology.doc", "/id/evidence/0-0", "/id/claim/0", "/concept/A.ttl"],
)
def test_what_is_no_term_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 404


def test_the_ontology_is_known_already(client: TestClient) -> None:
    tag = client.get("/ontology.ttl").headers["ETag"]
    assert client.get("/ontology.ttl", headers={"If-None-Match": tag}).status_code == 304
