"""The program as its user meets it: what it prints, how it fails, and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = [sys.executable, str(ROOT / "diplograph.py")]
SAMPLE = ROOT / "samples" / "rwanda-maroc-accord.txt"

pytestmark = pytest.mark.slow


def environment(data: Path, **variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIPLOGRAPH_NEO4J")}
    return {**kept, "PYTHONPATH": str(ROOT), "DIPLOGRAPH_DATA": str(data), **variables}


def run(data: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """What it said is shown in full where a test fails."""
    command = [*PROGRAM, *words]
    done = subprocess.run(
        command, env=environment(data, **variables), cwd=data.parent, capture_output=True, text=True, timeout=300, check=False
    )
    print(f"{words}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("loaded") / "data"
    done = run(data, "load", str(ROOT / "samples"))
    assert done.returncode == 0, done.stderr
    return data


def test_help_is_shown_without_a_command_and_lists_them(tmp_path: Path) -> None:
    shown = run(tmp_path / "data", "--help").stdout
    for name in (
        "demo",
        "extract",
        "load",
        "sync",
        "ask",
        "explain",
        "serve",
        "export",
        "check",
        "neo4j",
        "withdraw",
        "restore",
        "replace",
        "reread",
        "review",
        "log",
        "why",
    ):
        assert name in shown


def test_extract_prints_facts_with_offsets_and_stores_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = run(data, "extract", str(SAMPLE))
    assert done.returncode == 0
    line = json.loads(done.stdout)
    text = SAMPLE.read_text(encoding="utf-8")
    assert line["id"] == SAMPLE.stem
    assert line["facts"]
    for fact in line["facts"]:
        assert all(0 <= span["start"] < span["end"] <= len(text) for span in fact["evidence"])
        assert 0 <= fact["confidence"] <= 1
    assert not data.exists()


def test_a_bad_file_is_named_and_the_rest_is_loaded(tmp_path: Path) -> None:
    articles, data = tmp_path / "articles", tmp_path / "data"
    articles.mkdir()
    (articles / "a-empty.txt").write_bytes(b"")
    (articles / "b-binary.txt").write_bytes(bytes(range(256)) * 8)
    (articles / "b-page.html").write_text("<div>" * 60_000, encoding="utf-8")
    (articles / "c-good.txt").write_bytes(SAMPLE.read_bytes())
    done = run(data, "load", str(articles))
    assert done.returncode == 1
    assert "a-empty.txt: the file is empty" in done.stderr
    assert "b-binary.txt" in done.stderr
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["refused"] * 3
    assert "1 new" in done.stdout
    again = run(data, "load", str(articles / "c-good.txt"))
    assert again.returncode == 0
    assert "0 new" in again.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ask", "acords", "--state", "MAR"], 1, "accords"),
        (["ask", "accords", "--state", "Maroc"], 1, "MAR"),
        (["ask", "accords", "--sate", "MAR"], 1, "state"),
        (["ask", "accords"], 1, "state"),
        (["ask", "accords", "--state"], 2, "--name value"),
        (["ask", "accords", "--state", "MAR", "--via", "sql"], 1, "sparql"),
        (["ask", "accords", "--state", "MAR", "--format", "graphml"], 1, "choose table, json, csv, parquet, geojson, codebook"),
        (["ask", "reunions", "--lang", "de"], 2, "fr or en"),
        (["ask", "accords", "--state", "MAR", "--known-at", "2024-05-01"], 1, "via sparql"),
        (["ask", "accords", "--state", "MAR", "--known-at", "2024-05-01", "--via", "sparql"], 1, "no source was published by"),
        (["export", "--known-at", "yesterday"], 1, "yesterday"),
        (["export", "--known-at", "2024", "--known-by", "read"], 1, "published or recorded"),
        (["explain", "accord/0000000000000000"], 1, "accord/0000000000000000"),
        (["export", "--format", "word"], 1, "nquads"),
        (["load", "no-such-folder"], 1, "cannot be read"),
        (["export", "-o", "missing/graph.nq"], 1, "missing/graph.nq was not written"),
        (["fly"], 2, "fly"),
        (["load"], 2, "paths"),
    ],
)
def test_misuse_is_answered_with_the_remedy(loaded: Path, words: list[str], code: int, said: str) -> None:
    done = run(loaded, *words)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_both_languages_give_the_same_rows(loaded: Path) -> None:
    rows = [
        run(loaded, "ask", "accords", "--state", "MAR", "--via", via, "--format", "json").stdout for via in ("cypher", "sparql")
    ]
    assert json.loads(rows[0])["rows"]
    assert json.loads(rows[0])["rows"] == json.loads(rows[1])["rows"]


def test_explain_shows_sentence_trigger_rule_and_source(loaded: Path) -> None:
    answer = json.loads(run(loaded, "ask", "accords", "--state", "RWA", "--format", "json").stdout)
    fact = answer["rows"][0]["accord"]
    shown = run(loaded, "explain", fact)
    assert shown.returncode == 0, shown.stderr
    assert "accord" in shown.stdout.lower()
    assert "agreement" in shown.stdout


def test_export_is_the_same_twice(loaded: Path) -> None:
    first, second = (run(loaded, "export").stdout for _ in range(2))
    assert first == second
    assert first.splitlines() == sorted(first.splitlines())


def test_an_earlier_day_is_asked_and_exported_from_the_sources_of_then(tmp_path: Path) -> None:
    data, articles = tmp_path / "data", tmp_path / "two.jsonl"
    told = [("2024-05-02", "La Belgique et la France ont signé un traité à Paris le 1er mai 2024."),
            ("2025-06-19", "La Belgique et le Maroc ont signé un traité à Rabat le 18 juin 2025.")]  # fmt: skip
    articles.write_text("".join(json.dumps({"text": text, "published": day}) + "\n" for day, text in told), encoding="utf-8")
    assert run(data, "load", str(articles)).returncode == 0
    asked = ("ask", "accords", "--state", "BEL", "--via", "sparql", "--format", "json")
    assert len(json.loads(run(data, *asked).stdout)["rows"]) == 2
    (row,) = json.loads(run(data, *asked, "--known-at", "2024-06").stdout)["rows"]
    assert "2024-05-01" in row.values()
    then, now = (run(data, "export", *more).stdout for more in (("--known-at", "2024-06"), ()))
    assert "Paris" in then
    assert "Rabat le 18" not in then
    assert "Rabat le 18" in now
    recorded = run(data, "export", "--known-at", "2024-06", "--known-by", "recorded")
    assert recorded.returncode == 1
    assert "no source was recorded by 2024-06" in recorded.stderr


def test_check_finds_a_sound_store(loaded: Path) -> None:
    done = run(loaded, "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_unknown_level_of_the_log_is_named(tmp_path: Path) -> None:
    done = run(tmp_path / "data", "ask", DIPLOGRAPH_LOG="loud")
    assert done.returncode == 1
    assert "DIPLOGRAPH_LOG" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_stops_a_load_with_a_word_about_how_to_go_on(tmp_path: Path) -> None:
    data, endless = tmp_path / "data", tmp_path / "pipe.jsonl"
    os.mkfifo(endless)
    # a suite that runs in the background ignores the signal, and without a handler here the load would inherit that
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen([*PROGRAM, "load", str(endless)], env=environment(data), stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, heard)
    with process, endless.open("w"):  # opens when the load reads, and keeps it waiting
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "diplograph sync" in said
    assert "Traceback" not in said


def test_a_terminated_demo_leaves_no_folder_behind(tmp_path: Path) -> None:
    fresh = tmp_path / "temporary"
    fresh.mkdir()
    command, variables = [*PROGRAM, "demo", "--port", "0"], {**environment(tmp_path / "data"), "TMPDIR": str(fresh)}
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        end = time.monotonic() + 60
        while not list(fresh.glob("diplograph-demo-*/record")) and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    assert not list(fresh.glob("diplograph-demo-*"))


def test_a_store_that_is_down_is_named_with_its_setting(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{closed.getsockname()[1]}"
    done = run(tmp_path / "data", "load", str(SAMPLE), DIPLOGRAPH_NEO4J_URI=uri, DIPLOGRAPH_NEO4J_PASSWORD="x")
    assert done.returncode == 1
    assert "DIPLOGRAPH_NEO4J_URI" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def server(loaded: Path) -> Iterator[str]:
    """Its log is `server.log` beside the data folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    variables = environment(loaded, DIPLOGRAPH_LOG="INFO", DIPLOGRAPH_LOG_FORMAT="json")
    log = loaded.with_name("server.log")
    with log.open("w") as target:
        command = [*PROGRAM, "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=variables, stdout=target, stderr=target)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/readyz", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.1)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def test_a_server_logs_json_alone_and_no_text_of_a_query(loaded: Path, server: str) -> None:
    urllib.request.urlopen(f"{server}/sparql?query=ASK%7B%3Fs%20%3Fp%20%22hidden%22%7D", timeout=30).close()
    lines = [json.loads(line) for line in loaded.with_name("server.log").read_text().splitlines()]
    assert any(server in line["message"] for line in lines)
    assert [len(line["query_hash"]) for line in lines if line.get("path") == "/sparql"] == [16]
    assert not any("hidden" in line["message"] for line in lines)


def test_the_command_line_works_beside_a_server_and_a_second_server_is_refused(loaded: Path, server: str) -> None:
    asked = run(loaded, "ask", "accords", "--state", "MAR", "--format", "json")
    assert asked.returncode == 0, asked.stderr
    added = run(loaded, "load", str(SAMPLE))
    assert added.returncode == 0, added.stderr
    second = run(loaded, "serve", "--port", "0")
    assert second.returncode == 1
    assert "already served by process" in second.stderr
    assert server in second.stderr
