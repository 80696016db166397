"""The pages as a reader sees them, in a real browser with the network cut."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import uvicorn

from api.app import create_app
from tests.api.conftest import load_stories

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HACKED = "window.hacked"


@pytest.fixture(scope="module")
def base_url(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the stories, hostile ones included; not started where there is no browser."""
    settings = load_stories(tmp_path_factory.mktemp("browser"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        end = time.monotonic() + 180
        while not server.started:
            assert thread.is_alive() and time.monotonic() < end
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


PAGES = ["/", "/states", "/states/RWA", "/states/BEL", "/states/MAR/partners/RWA", "/sources", "/network", "/questions",
         "/questions/accords?state=RWA", "/search?q=a", "/docs"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_page_opens_without_errors_and_fits_the_screen(page: Page, size: dict[str, int], mode: str, path: str) -> None:
    page.emulate_media(color_scheme=mode)  # type: ignore[arg-type]
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(path, wait_until="networkidle")
    assert page.evaluate(HACKED) is None
    if path != "/docs":
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_every_linked_page_opens_and_nothing_hostile_runs(page: Page) -> None:
    page.goto("/states/BEL")
    addresses = page.eval_on_selector_all(
        "main a[href^='/entities'], main a[href^='/sources']", "links => links.map(a => a.href)"
    )
    assert addresses
    for address in sorted({address.partition("#")[0] for address in addresses}):
        page.goto(address)
        assert page.evaluate(HACKED) is None
        for opener in page.locator("a.open").all():
            opener.click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(HACKED) is None


def test_a_row_of_the_partner_table_opens_its_sentences(page: Page) -> None:
    page.goto("/states/RWA")
    row = page.locator("table tr.shows").first
    row.locator("td").nth(1).click()
    evidence = page.locator("tr.sentences .evidence")
    evidence.first.wait_for()
    assert "ont signé" in " ".join(evidence.all_inner_texts())
    assert row.locator("a.open").get_attribute("aria-expanded") == "true"
    row.locator("a.open").click()
    assert page.locator("tr.sentences").count() == 0


def test_a_fact_row_opens_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/states/MAR")
    opener = page.locator("section[aria-labelledby=accords] a.open").first
    opener.focus()
    page.keyboard.press("Enter")
    marks = page.locator("tr.sentences mark")
    marks.first.wait_for()
    assert marks.all_inner_texts() == ["ont signé", "signed"]


def test_sentences_are_reached_without_scripts(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/states/MAR")
    page.locator("section[aria-labelledby=accords] a.open").first.click()
    assert page.locator(".evidence mark").first.inner_text() == "ont signé"
    context.close()


def drawn(page: Page) -> None:
    page.locator("#network[data-drawn=true] canvas").wait_for()
    page.wait_for_function("document.getElementById('network').network.getScale() > 0")
    page.locator("#network").scroll_into_view_if_needed()  # a click that scrolls first is none to the drawing
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


PLACE_OF_EDGE = """type => {
  const network = document.getElementById('network').network;
  const edge = network.body.data.edges.get().find(edge => edge.type === type);
  const places = network.getPositions([edge.from, edge.to]);
  const middle = { x: (places[edge.from].x + places[edge.to].x) / 2, y: (places[edge.from].y + places[edge.to].y) / 2 };
  return network.canvasToDOM(middle);
}"""
PLACE_OF_NODE = """kind => {
  const network = document.getElementById('network').network;
  const node = network.body.data.nodes.get().find(node => node.kind === kind);
  return network.canvasToDOM(network.getPositions([node.id])[node.id]);
}"""


def test_an_edge_of_the_network_leads_to_its_sentence(page: Page) -> None:
    page.goto("/network?around=state/BEL")
    drawn(page)
    place = page.evaluate(PLACE_OF_EDGE, "HOST")
    page.locator("#network canvas").click(position=place)
    sentence = page.locator("#panel .evidence blockquote").first
    sentence.wait_for()
    assert "will open an embassy in Kigali next year" in sentence.inner_text()
    page.locator("#panel-title a").click()
    page.wait_for_url("**/entities/mission/*")


def test_a_node_of_the_network_leads_to_the_facts_about_it(page: Page) -> None:
    page.goto("/network")
    drawn(page)
    page.locator("#network canvas").click(position=page.evaluate(PLACE_OF_NODE, "Commission"))
    page.locator("#panel .evidence").first.wait_for()
    assert "crée une commission militaire mixte" in page.locator("#panel").inner_text()


def test_the_legend_takes_kinds_out_and_puts_them_back(page: Page) -> None:
    page.goto("/network")
    drawn(page)
    shown = "Object.keys(document.getElementById('network').network.getPositions()).length"
    everything = page.evaluate(shown)
    page.locator(".legend input[value=Person]").uncheck()
    assert page.evaluate(shown) == everything - 3
    page.locator(".legend input[value=Person]").check()
    assert page.evaluate(shown) == everything


def test_the_network_has_the_same_relations_as_a_table(page: Page) -> None:
    page.goto("/network?around=state/BEL")
    drawn(page)
    edges = page.evaluate("document.getElementById('network').network.body.data.edges.length")
    page.locator("details summary").last.click()
    rows = page.locator("main table tr.shows")
    assert rows.count() == edges
    rows.first.locator("a.open").click()
    page.locator("main table .evidence").first.wait_for()


def test_suggestions_appear_and_lead_to_a_page(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("rwan", delay=30)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("combobox").get_attribute("aria-activedescendant") == "suggestions-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/states/RWA")


def test_the_language_is_switched_in_place_and_kept(page: Page) -> None:
    page.goto("/states/RWA")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Français").click()
    assert page.locator("html").get_attribute("lang") == "fr"
    page.goto("/states")
    assert page.locator("h1").inner_text() == "États et organisations"


def test_the_skip_link_is_the_first_stop_of_the_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


CONTRAST = """() => {
  const number = text => text.match(/[\\d.]+/g).map(Number);
  const light = rgb => rgb.slice(0, 3).map(c => c / 255).map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = number(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest('svg, .visually-hidden, noscript')) continue;
    const [a, b] = [light(number(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const name = `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`;
    if (ratio < 4.5) poor.push(`${name}: ${ratio.toFixed(2)}`);
  }
  return poor;
}"""


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/states/RWA", "/network", "/questions/accords?state=RWA", "/nowhere"])
def test_text_stands_out_from_its_ground(browser: Browser, base_url: str, mode: str, path: str) -> None:
    """WCAG 2.2 AA asks for 4.5 to 1."""
    context = browser.new_context(base_url=base_url, color_scheme=mode)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(path)
    assert page.evaluate(CONTRAST) == []
    context.close()
