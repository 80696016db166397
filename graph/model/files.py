"""Where the data that travels with the code lies, in a checkout and in an installed wheel alike."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "schema"
QUERIES = ROOT / "queries"
SAMPLES = ROOT / "samples"
