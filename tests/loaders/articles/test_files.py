"""Files of every readable kind become sources; every unreadable one is named with its remedy."""

import json
from pathlib import Path

import pytest

from graph.errors import BadSource
from graph.model.claims import Source
from loaders.articles.files import read_paths

FRENCH = "Le ministre des Affaires étrangères a reçu hier à Lomé son homologue. Les deux pays ont signé une convention fiscale."
ENGLISH = "The two ministers met in Lomé on Tuesday and signed a tax convention between their countries, officials said."
GERMAN = "Der Außenminister hat gestern in Berlin ein Abkommen mit seinem Amtskollegen unterzeichnet, so das Ministerium."
LIMIT = 100_000


def read(*paths: Path) -> tuple[list[Source], list[BadSource]]:
    found = list(read_paths(paths, LIMIT))
    return [f for f in found if isinstance(f, Source)], [f for f in found if isinstance(f, BadSource)]


def only(path: Path) -> Source:
    sources, refused = read(path)
    assert not refused
    assert len(sources) == 1
    return sources[0]


def refusal(path: Path) -> str:
    sources, refused = read(path)
    assert not sources
    assert len(refused) == 1
    assert str(path) in str(refused[0])
    return str(refused[0])


def test_plain_text_is_kept_character_for_character_with_its_date_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"date: 2024-03-05\r\nUne convention à Lomé\r\n\r\n{FRENCH}".encode())
    source = only(path)
    assert source.text == f"date: 2024-03-05\nUne convention à Lomé\n\n{FRENCH}"
    assert (source.published, source.language, source.title) == ("2024-03-05", "fr", "Une convention à Lomé")


def test_a_first_line_that_is_a_paragraph_is_shortened_to_a_title(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{FRENCH} {FRENCH}\n{FRENCH}", encoding="utf-8")
    title = only(path).title
    assert title is not None
    assert title.endswith("…")
    assert len(title) <= 140
    assert FRENCH.startswith(title[:60])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "iso8859_15"])
def test_the_character_set_is_found(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"Une convention à Lomé\n\n{FRENCH}".encode(encoding))
    assert only(path).text.endswith(FRENCH)


def test_an_html_page_gives_its_article_without_navigation(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><title>Une convention | Gazette</title><meta property='og:site_name' content='Gazette'>"
        "<meta property='article:published_time' content='2024-03-05T10:00:00Z'></head><body><nav><a>Météo</a></nav>"
        f"<article><h1>Une convention à Lomé</h1><p>{FRENCH}</p><p>{FRENCH.replace('hier', 'mardi')}</p></article>"
        "<footer>Tous droits réservés</footer></body></html>",
        encoding="utf-8",
    )
    source = only(path)
    assert "Météo" not in source.text
    assert "\n\n" in source.text
    assert (source.published, source.publisher, source.language) == ("2024-03-05", "Gazette", "fr")


def test_a_feed_gives_an_article_an_entry_and_names_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    items = (
        "<item><title>Lomé</title><link>https://news.example/1</link><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{ENGLISH}&lt;/p&gt;</description></item><item><title>Empty</title></item>"
    )
    path.write_text(
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>", encoding="utf-8"
    )
    sources, refused = read(path)
    assert [(s.url, s.published, s.publisher, s.language) for s in sources] == [
        ("https://news.example/1", "2024-03-05", "Wire", "en")
    ]
    assert "entry 2" in str(refused[0])


def test_a_feed_with_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text("<!DOCTYPE r [<!ENTITY a 'b'>]><rss version='2.0'><channel><title>&a;</title></channel></rss>")
    assert "DOCTYPE" in refusal(path)


def test_json_lines_give_good_lines_and_name_bad_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = {"text": ENGLISH, "date": "2024-03-05T09:00", "source": "Wire", "title": " ", "url": None, "extra": 1}
    lines = [json.dumps(good).encode(), b"{broken", b'{"title": "x"}', b'{"text": "x", "date": "someday"}', b"\xff\xfe"]
    path.write_bytes(b"\n".join(lines))
    sources, refused = read(path)
    assert [(s.published, s.publisher, s.title, s.url) for s in sources] == [("2024-03-05", "Wire", None, None)]
    assert [str(error).split(": ")[1] for error in refused] == ["line 2", "line 3", "line 4", "line 5"]


def test_half_a_character_and_an_overlong_line_cost_their_own_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": FRENCH}).encode()
    lines = [good, b'{"text": "cut \\ud83d"}', b'{"text": "x", "title": "\\udfff"}', b"a" * (3 * LIMIT), b"a" * LIMIT + b"\n"]
    path.write_bytes(b"\n".join([*lines, good]))
    sources, refused = read(path)
    assert [source.text for source in sources] == [FRENCH, FRENCH]
    assert [str(error).split(": ")[1].split(" is over")[0] for error in refused] == ["line 2", "line 3", "line 4", "line 5"]
    assert "half a character (U+D83D) at 4" in str(refused[0])


def test_bad_files_are_named_with_their_remedy(tmp_path: Path) -> None:
    contents = {
        "empty.txt": b" \n",
        "dated.txt": b"date: 2024-01-01\n",
        "misdated.txt": b"date: yesterday\nText",
        "binary.txt": bytes(range(256)) * 20,
        "long.txt": b"a" * (LIMIT + 1),
        "german.txt": GERMAN.encode(),
        "page.html": b"<html><body></body></html>",
        "not-a-feed.xml": b"<note>hello</note>",
        "photo.jpg": b"\xff\xd8\xff",
    }
    remedies = {
        "empty.txt": "empty",
        "dated.txt": "put the article",
        "misdated.txt": "line 1",
        "binary.txt": "not a text file",
        "long.txt": "DIPLOGRAPH_SOURCE_BYTES",
        "german.txt": "French and English",
        "page.html": "no article",
        "not-a-feed.xml": "RSS",
        "photo.jpg": "not read",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        assert remedies[name] in refusal(tmp_path / name), name
    assert "cannot be read" in refusal(tmp_path / "missing.txt")
    assert "no such file or folder" in refusal(tmp_path / "missing")


def test_a_folder_is_searched_in_name_order_and_bad_files_do_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden.txt").write_text(FRENCH)
    (tmp_path / "b.txt").write_text(FRENCH)
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "sub" / "c.txt").write_text(ENGLISH)
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    sources, refused = read(tmp_path)
    assert [Path(str(s.location)).name for s in sources] == ["b.txt", "c.txt"]
    assert len(refused) == 1


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    assert "no article" in refusal(tmp_path)


def test_a_source_is_known_by_its_text_and_address_alone() -> None:
    source = Source(text=FRENCH, url="https://news.example/1")
    assert source.id == Source(text=FRENCH, url="https://news.example/1", title="T", location="/x", published="2024").id
    assert source.id != Source(text=FRENCH, url="https://news.example/2").id
