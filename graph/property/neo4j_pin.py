"""Write `neo4j.lock` anew for another version: `python -m graph.property.neo4j_pin 5.26.30` (needs jgo and the network)."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path

from graph.property.neo4j_jars import LOCK


def pin(version: str, target: Path = LOCK) -> None:
    """Resolve Neo4j Community of that version with all it needs, hash each jar, and write coordinates and hashes."""
    from jgo.maven import MavenContext

    with tempfile.TemporaryDirectory() as folder:
        context = MavenContext(repo_cache=Path(folder), timeout=60)
        inputs, others = context.resolver.resolve([context.create_dependency(f"org.neo4j:neo4j:{version}")])
        lines = []
        for artifact in (dependency.artifact for dependency in [*inputs, *others]):
            content = artifact.resolve().read_bytes()
            parts = filter(None, (artifact.groupId, artifact.artifactId, artifact.version, artifact.classifier))
            lines.append((":".join(parts), hashlib.sha256(content).hexdigest()))
    head = [line for line in target.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    head[0] = f"# The jars of Neo4j Community {version} as Maven coordinates, each with the SHA-256 of its content."
    body = [f"{sha256} {coordinate}" for coordinate, sha256 in sorted(lines)]
    target.write_text("\n".join([*head, f"version {version}", *body]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    pin(sys.argv[1])
