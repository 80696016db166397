"""The same text gives the same claims, in any process."""

import json
import os
import subprocess
import sys
from pathlib import Path

from graph.model.files import SAMPLES

ROOT = Path(__file__).resolve().parents[3]
TEXT = """date: 2025-06-19
Rabat et Kigali scellent un accord

Le ministre rwandais de la Défense, Paul Habimana, a reçu son homologue marocain, Omar Bennis, à Kigali.
« C'est historique », a déclaré M. Habimana.
Les présidents Emil Popa et Gustavo Rivas, la ministre belge de la Justice, Els Peeters, et Luc Morel (France) étaient là mardi.
"""
PROGRAM = """
import json
import sys
from graph.model.claims import Source, digest
from loaders.reading.lexicon import load_lexicon
from loaders.reading.reader import read
lexicon = load_lexicon()
claims = [claim for text in json.load(sys.stdin) for claim in read(Source(text=text), lexicon).claims]
told = [[c.kind, dict(c.fields), c.rule, c.confidence, [r.why for r in c.reasons],
[s.quote for s in c.evidence]] for c in claims]
print(digest(told), len(claims))
"""


def claims(seed: str, texts: list[str]) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
        check=True,
        encoding="utf-8",
    )
    return run.stdout


def test_hash_seeds_change_nothing() -> None:
    texts = [TEXT, *(file.read_text(encoding="utf-8") for file in sorted(SAMPLES.rglob("*.txt")))]
    first, *others = (claims(seed, texts) for seed in ("0", "1", "4711"))
    assert all(other == first for other in others)
    assert int(first.split()[1]) >= 5 * len(texts)
