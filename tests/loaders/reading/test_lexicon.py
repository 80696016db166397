from pathlib import Path

import pytest

from graph.errors import BadData
from graph.model.reference import load_reference
from loaders.reading import amounts, calendars, tables, title_rules
from loaders.reading import lexicon as lexicon_module
from loaders.reading.gazetteer import Word, apart, build_gazetteer
from loaders.reading.lexicon import Lexicon
from loaders.reading.numbers import load_numbers
from loaders.reading.tables import DATA, read_table


def test_unknown_and_missing_keys_are_named(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text('verbs = ["say"]\ncolour = "red"\n', encoding="utf-8")
    with pytest.raises(BadData, match=r"words\.toml: unknown key 'colour'"):
        read_table(file, ("verbs",))
    with pytest.raises(BadData, match=r"words\.toml: the key 'nouns' is missing"):
        read_table(file, ("verbs", "colour", "nouns"))
    file.write_text("verbs = [", encoding="utf-8")
    with pytest.raises(BadData, match=r"words\.toml: cannot be read as TOML"):
        read_table(file, ("verbs",))


def test_lists_hold_phrases() -> None:
    assert tables.words({"a": ["À lire", "a lire"]}, "a", "x") == ("a lire",)
    with pytest.raises(BadData, match="x: 'a' must be a list of phrases"):
        tables.words({"a": ["", 3]}, "a", "x")


def copied(tmp_path: Path, name: str, old: str, new: str) -> Path:
    folder = tmp_path / "fr"
    folder.mkdir(exist_ok=True)
    for file in (DATA / "fr").glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        if file.name == name:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / file.name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_grammar_part_used_before_its_definition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(title_rules, "DATA", copied(tmp_path, "grammar.toml", "{agent}", "{nonsense}"))
    with pytest.raises(BadData, match=r"fr/grammar\.toml: \{nonsense\} is no part"):
        title_rules.load_titles("fr")


def test_a_head_of_unknown_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(title_rules, "DATA", copied(tmp_path, "titles.toml", 'kind = "envoy"', 'kind = "emperor"'))
    with pytest.raises(BadData, match=r"fr/titles\.toml: a head needs kind"):
        title_rules.title_words("fr")


def test_a_date_form_that_does_not_compile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "DATA", copied(tmp_path, "dates.toml", "voici {number}", "voici ({number}"))
    with pytest.raises(BadData, match=r"fr/dates\.toml: the form 'voici \(\{number\}"):
        calendars.load_calendar("fr")


def test_a_currency_that_is_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amounts, "DATA", copied(tmp_path, "amounts.toml", "\nUSD = ", "\nDollar = "))
    with pytest.raises(BadData, match=r"fr/amounts\.toml: 'Dollar' is no ISO 4217 code"):
        amounts.load_amounts("fr")


def test_the_longest_word_wins_on_word_boundaries() -> None:
    gazetteer = build_gazetteer(
        [("soudan", Word("state", 1)), ("soudan du sud", Word("state", 2)), ("us", Word("state", 3, "upper"))]
    )
    text = "Le Soudan du Sud et le Soudan, us et US, jusqu'au soudanais."
    assert [(text[t.start : t.end], t.get("state")) for t in gazetteer.tokens(text, apart(text.lower()))] == [
        ("Soudan du Sud", 2), ("Soudan", 1), ("US", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "phrase", "value"),
    [
        ("fr", "3,1 milliards", 3.1e9), ("fr", "1 500", 1500), ("fr", "1.500,5", 1500.5), ("fr", "vingt-cinq", 25),
        ("fr", "deux mille trois cents", 2300), ("fr", "une douzaine", 12), ("fr", "quatre-vingts", 80),
        ("fr", "le mot", None), ("en", "2.5bn", 2.5e9), ("en", "1,500", 1500), ("en", "a dozen", 12),
        ("en", "two hundred and fifty", 250), ("en", "three million", 3e6), ("en", "500 crore", 5e9),
        ("en", "many", None),
    ],
)  # fmt: skip
def test_numbers(language: str, phrase: str, value: float | None) -> None:
    found = load_numbers(language).value(phrase)
    assert found == (None if value is None else pytest.approx(value))


def test_both_languages_are_loaded(lexicon: Lexicon) -> None:
    assert set(lexicon.languages) == {"fr", "en"}
    assert {name: known.mentions.capitals["PHL"] for name, known in lexicon.languages.items()} == {
        "fr": "Manille",
        "en": "Manila",
    }


def test_a_region_of_no_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        lexicon_module, "DATA", copied(tmp_path, "mentions.toml", '"congo oriental" = "COD"', '"congo oriental" = "QQQ"')
    )
    with pytest.raises(BadData, match=r"fr/mentions\.toml: regions: 'congo oriental' lies in 'QQQ'"):
        lexicon_module._load_words("fr", load_reference())
