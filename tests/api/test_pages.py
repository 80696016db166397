"""Every page in both languages, complete without scripts, and nothing of a hostile article runs in it."""

import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from tests.api.stories import EVIL_ADDRESS, EVIL_PERSON, EVIL_TITLE

HTML = {"Accept": "text/html"}
PAGES = [
    "/",
    "/states",
    "/states/RWA",
    "/states/MAR",
    "/states/MAR/partners/RWA",
    "/sources",
    "/network",
    "/questions",
    "/search?q=rwa",
]
KEPT = "/review"  # from those who may not decide


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == [], "elements that are never closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attributes}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attributes}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, text: str) -> None:
        self.text += text

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def opened(client: TestClient, path: str, language: str = "en") -> Page:
    joiner = "&" if "?" in path else "?"
    answer = client.get(f"{path}{joiner}lang={language}", headers=HTML)
    assert answer.status_code == 200, path
    client.cookies.clear()
    return Page(answer.text)


@pytest.fixture(scope="module")
def every_page(client: TestClient, accord: str) -> list[str]:
    sources = [item["page"] for item in client.get("/api/v1/sources").json()["items"]]
    people = [item["page"] for item in client.get("/api/v1/people").json()["items"]]
    accords = [item["page"] for item in client.get("/api/v1/accords").json()["items"]]
    questions = [f"/questions/{item['name']}" for item in client.get("/api/v1/questions").json()["questions"]]
    asked = ["/questions/accords?state=RWA", "/questions/accords?state=RWA&via=sparql", "/questions/partners?state=QQQ"]
    parts = [f"{page}/sentences" for page in [*people, *accords]] + ["/entities/state/RWA/sentences"]
    return [*PAGES, "/states/BEL", *sources, *people, *accords, *questions, *asked, *parts]


def test_every_page_is_well_formed_in_both_languages(client: TestClient, every_page: list[str]) -> None:
    for path in every_page:
        for language in ("fr", "en"):
            page = opened(client, path, language)
            if path.endswith("/sentences"):
                continue
            assert page.all("html")[0]["lang"] == language
            assert len(page.all("h1")) == 1, path
            assert page.all("main")[0]["id"] == "main"
            assert any(link.get("class") == "skip" for link in page.all("a"))


def test_no_page_has_inline_scripts_styles_or_handlers_or_foreign_assets(client: TestClient, every_page: list[str]) -> None:
    for path in every_page:
        page = opened(client, path)
        for tag, attributes in page.elements:
            assert tag not in ("style", "iframe", "object", "base"), path
            assert "style" not in attributes, path
            assert not [name for name in attributes if name.startswith("on")], path
        for script in page.all("script"):
            assert script.get("src", "").startswith(("/static/", "/assets/")), path
        for link in page.all("link"):
            assert link["href"].startswith("/"), path


def test_links_within_the_site_lead_somewhere(client: TestClient, every_page: list[str]) -> None:
    found = {
        link["href"].partition("#")[0]
        for path in every_page
        for link in opened(client, path).all("a")
        if link.get("href", "").startswith("/")
    }
    assert KEPT in found
    for address in sorted(found - {"", KEPT}):
        assert client.get(address, headers=HTML).status_code == 200, address
    kept = client.get(KEPT, headers=HTML)  # whoever has no key is led to where one is entered
    assert kept.status_code == 401
    assert "/session" in [link["href"] for link in Page(kept.text).all("a")]
    assert client.get("/session", headers=HTML).status_code == 200
    client.cookies.clear()


def test_fields_and_images_have_names_and_ids_are_unique(client: TestClient, every_page: list[str]) -> None:
    for path in every_page:
        page = opened(client, path)
        labelled = {label.get("for") for label in page.all("label")}
        for field in (*page.all("input"), *page.all("select")):
            assert field.get("type") == "checkbox" or field.get("id") in labelled, path
        for picture in page.all("svg"):
            assert picture.get("aria-hidden") or picture.get("aria-label"), path
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), path


def test_nothing_hostile_becomes_markup(client: TestClient, every_page: list[str]) -> None:
    seen = ""
    for path in every_page:
        page = opened(client, path)
        seen += page.text
        assert not page.all("img"), path
        for script in page.all("script"):
            assert "src" in script, path
        for tag, attributes in page.elements:
            for name in ("href", "src", "action"):
                assert not re.match(r"\s*(javascript|data|vbscript):", attributes.get(name, ""), re.I), (path, tag)
    for evil in (EVIL_TITLE, EVIL_PERSON, EVIL_ADDRESS):  # it is there, as text
        assert evil in seen


def test_a_hostile_search_and_hostile_addresses_are_only_text(client: TestClient) -> None:
    evil = '"><script>window.hacked=1</script>'
    page = opened(client, f"/search?q={evil}")
    assert evil in page.text
    assert all("src" in script for script in page.all("script"))
    for path in (f"/states/{evil}", f"/entities/accord/{evil}", f"/{evil}", f"/network?around={evil}"):
        answer = client.get(path, headers=HTML)
        assert answer.status_code == 404
        assert "<script>window" not in answer.text


def test_the_home_page_shows_what_came_last_with_its_sentence(client: TestClient) -> None:
    page = opened(client, "/", "fr")
    assert "Les relations diplomatiques, phrase par phrase" in page.text
    assert "Rabat et Kigali ont signé ce mercredi 18 juin un accord de défense." in page.text


def test_the_partner_page_counts_and_tells(client: TestClient) -> None:
    page = opened(client, "/states/RWA", "fr")
    for words in ("Rwanda", "Maroc", "Belgique", "18 juin 2025", "commission militaire mixte", "Jean Mugisha", "contesté"):
        assert words in page.text


def test_an_entity_page_marks_triggers_and_shows_both_versions(client: TestClient, accord: str) -> None:
    answer = client.get(f"/entities/{accord}?lang=en", headers=HTML)
    assert "<mark>ont signé</mark>" in answer.text
    assert "<mark>signed</mark>" in answer.text
    page = Page(answer.text)
    disputes = page.text[page.text.index("Where the sources disagree") :]
    assert disputes.index("Rabat") < disputes.index("Kigali")
    client.cookies.clear()


def test_a_question_is_answered_beside_its_form_and_a_mistake_is_said_there(client: TestClient) -> None:
    for via in ("cypher", "sparql"):
        assert "Jean Mugisha" in opened(client, f"/questions/accords?state=RWA&via={via}").text
    assert "QQQ" in opened(client, "/questions/accords?state=QQQ").text


def test_the_language_is_remembered_and_the_page_is_validated_by_snapshot_and_language(client: TestClient) -> None:
    french = client.get("/?lang=fr", headers=HTML)
    assert "lang=fr" in french.headers["Set-Cookie"]
    again = client.get("/", headers=HTML)
    assert '<html lang="fr"' in again.text
    assert client.get("/", headers={**HTML, "If-None-Match": again.headers["ETag"]}).status_code == 304
    english = client.get("/?lang=en", headers={**HTML, "If-None-Match": again.headers["ETag"]})
    assert english.status_code == 200
    client.cookies.clear()


def test_a_state_has_one_page_whatever_its_address(client: TestClient) -> None:
    answer = client.get("/entities/state/RWA", headers=HTML, follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/states/RWA")


def test_assets_come_from_here_and_may_be_kept(client: TestClient) -> None:
    page = opened(client, "/network")
    addresses = [script["src"] for script in page.all("script")] + [link["href"] for link in page.all("link")]
    assert "/assets/vis-network.min.js" in addresses
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "max-age" in answer.headers["Cache-Control"]
        assert ("immutable" in answer.headers["Cache-Control"]) == ("?v=" in address)
