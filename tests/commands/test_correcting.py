"""The commands that correct a record, as their user types them; without a property graph, which others test."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import diplograph
from graph.errors import DiplomacyError
from graph.property.projection import Projected
from graph.settings import from_environment
from graph.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "rwanda-maroc-accord.txt"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(Workspace, "_project", lambda *_: Projected(""))
    monkeypatch.setenv("DIPLOGRAPH_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DIPLOGRAPH_NAME", "Ana")

    def invoked(*words: str) -> Result:
        return CliRunner().invoke(diplograph.app, list(words))

    return invoked


def test_a_source_is_withdrawn_and_restored_by_its_file(run: Run) -> None:
    assert run("load", str(SAMPLE)).exit_code == 0
    done = run("withdraw", str(SAMPLE), "--reason", "essai")
    assert (done.exit_code, "withdrawn: decision/" in done.stdout) == (0, True)
    again = run("withdraw", str(SAMPLE), "--reason", "essai")
    assert isinstance(again.exception, DiplomacyError)
    assert "withdrawn already" in str(again.exception)
    back = run("restore", str(SAMPLE))
    assert (back.exit_code, "taken back: withdrawn: decision/" in back.stdout) == (0, True)
    log = run("log").stdout.splitlines()
    assert [line.split()[1:3] for line in log] == [["restore", "Ana"], ["withdraw", "Ana"], ["load", "Ana"]]


def test_a_claim_is_decided_on_explained_carried_over_and_given_back(run: Run, tmp_path: Path) -> None:
    run("load", str(SAMPLE))
    fact = Workspace(from_environment()).overview()[0].fact
    why = json.loads(run("why", fact, "--format", "json").stdout)
    claim = why["claims"][0]["iri"].rsplit("/id/", 1)[-1]
    assert "claim/" in run("why", fact, "--language", "en").stdout
    turned = run("review", "decide", claim, "wrong", "--reason", "essai")
    assert isinstance(turned.exception, DiplomacyError) and "write one of same," in str(turned.exception)
    assert run("review", "decide", "wrong", claim, "--reason", "essai").exit_code == 0
    assert isinstance(run("why", fact).exception, DiplomacyError) or claim not in run("why", fact).stdout
    listed = run("decisions", "list").stdout
    assert f"wrong     {claim}" in listed
    assert "Ana: essai" in listed
    kept = tmp_path / "decisions.jsonl"
    assert run("decisions", "export", "-o", str(kept)).exit_code == 0
    assert run("review", "undo", listed.split()[0]).exit_code == 0
    assert run("decisions", "list").stdout == ""
    assert run("decisions", "import", str(kept)).exit_code == 0
    assert run("decisions", "list").stdout == listed
    assert run("review", "list", "--language", "en").exit_code == 0


def test_an_article_is_read_again_and_an_edited_one_replaced(run: Run, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    lines = tmp_path / "articles.jsonl"
    for number in (1, 2):
        article = {"text": f"{text}\nÉdition {number}.", "url": "https://news.example/x", "published": "2025-06-20"}
        lines.write_text(json.dumps(article), encoding="utf-8")
        loaded = run("load", str(lines))
    assert "no date says which is newer" in loaded.stderr
    newer, older = loaded.stderr.partition("`diplograph replace ")[2].split("`")[0].split()
    done = run("replace", newer, older)
    assert (done.exit_code, "newer: decision/" in done.stdout) == (0, True)
    again = run("reread", "--dry-run")
    assert "2 sources read again, 0 of them say something else" in again.stderr


@pytest.mark.parametrize(
    "words", [["why", "accord/0123456789abcdef"], ["review", "undo", "abc"], ["withdraw", "abcdef", "--reason", "x"]]
)
def test_what_is_not_there_is_said(run: Run, words: list[str], tmp_path: Path) -> None:
    run("load", str(SAMPLE))
    assert isinstance(run(*words).exception, DiplomacyError)
    shutil.rmtree(tmp_path / "data")
