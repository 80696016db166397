"""Both languages have the same texts, and each reader gets theirs."""

import re
from pathlib import Path

import pytest
from starlette.requests import Request

from api.languages import LANGUAGES, language_of, load_texts
from api.templating import HERE
from graph.errors import BadData


def request(query: str = "", cookie: str = "", accept: str = "") -> Request:
    headers = [(b"cookie", cookie.encode()), (b"accept-language", accept.encode())]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers, "query_string": query.encode()})


@pytest.mark.parametrize(
    ("query", "cookie", "accept", "language"),
    [
        ("", "", "", "en"),
        ("", "", "fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("", "", "de, en;q=0.3, fr;q=0.4", "fr"),
        ("", "", "de", "en"),
        ("", "", "fr;q=much", "en"),
        ("", "lang=fr", "en", "fr"),
        ("lang=en", "lang=fr", "fr", "en"),
        ("lang=xx", "lang=fr", "en", "fr"),
    ],
)
def test_language_comes_from_query_then_cookie_then_header(query: str, cookie: str, accept: str, language: str) -> None:
    assert language_of(request(query, cookie, accept)) == language


def test_every_text_that_a_template_or_module_names_exists_and_every_text_is_used() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (*(HERE / "templates").glob("*.html"), *HERE.rglob("*.py"))]
    code = "\n".join(sources).replace('"', "'")
    named = set(re.findall(r"(?:\bt|_texts)\('([\w.]+)'[,)]", code))
    begun = tuple(re.findall(r"'([a-z]+\.[a-z_]*)' [~+]", code) + re.findall(r"f'([a-z]+\.[a-z]*)\{", code))
    texts = load_texts()["fr"].words
    assert [key for key in named if key not in texts] == []
    assert [key for key in texts if key not in named and not key.startswith(begun)] == []


def write(folder: Path, **languages: str) -> Path:
    for language in LANGUAGES:
        (folder / f"{language}.toml").write_text(languages.get(language, ""), encoding="utf-8")
    return folder


def test_a_text_that_one_language_lacks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"home\.title"):
        load_texts(write(tmp_path, fr='[home]\ntitle = "a"', en=""))


def test_a_placeholder_that_one_language_lacks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="placeholders"):
        load_texts(write(tmp_path, fr='a = "{count} x"', en='a = "x"'))


def test_a_value_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="a text is needed"):
        load_texts(write(tmp_path, fr="a = 1", en="a = 1"))


def test_a_missing_text_is_an_error_when_it_is_asked_for() -> None:
    with pytest.raises(BadData, match=r"no\.such"):
        load_texts()["fr"]("no.such")
