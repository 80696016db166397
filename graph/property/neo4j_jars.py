"""The jars of a real Neo4j: named and hashed in `neo4j.lock`, fetched once through jgo or Maven, kept in a per-user cache."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import platformdirs

from graph.errors import BadData, StorageFull, StoreUnavailable

LOCK = Path(__file__).with_name("neo4j.lock")
_LINE = re.compile(
    r"(?P<sha256>[0-9a-f]{64}) (?P<group>[\w.-]+):(?P<artifact>[\w.-]+):(?P<version>[\w.-]+)(?::(?P<kind>[\w.-]+))?"
)
_FETCHERS = 6

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Jar:
    """One jar: its Maven coordinate (`kind` is the classifier, or empty) and the SHA-256 of its content in hex."""

    group: str
    artifact: str
    version: str
    kind: str
    sha256: str

    @property
    def name(self) -> str:
        """The file's name, the same in a repository and in our cache."""
        return "-".join(filter(None, (self.artifact, self.version, self.kind))) + ".jar"

    @property
    def path(self) -> Path:
        """Where a Maven repository keeps the file."""
        return Path(*self.group.split("."), self.artifact, self.version, self.name)


def locked(file: Path = LOCK) -> tuple[str, list[Jar]]:
    """The pinned version and its jars; BadData, with the line's number, for a malformed file."""
    version, jars = "", []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if match := _LINE.fullmatch(line):
            jars.append(Jar(match["group"], match["artifact"], match["version"], match["kind"] or "", match["sha256"]))
        elif line.startswith("version "):
            version = line.removeprefix("version ")
        elif not line.startswith("#"):
            raise BadData(f"{file}:{number}: neither “version V” nor “SHA256 group:artifact:version”")
    if not version or len({jar.name for jar in jars}) != len(jars):
        raise BadData(f"{file}: names no version, or two jars of one name")
    return version, jars


def cache_folder() -> Path:
    """Where fetched jars are kept: `DIPLOGRAPH_CACHE`, else the user's cache folder."""
    return Path(os.environ.get("DIPLOGRAPH_CACHE") or platformdirs.user_cache_dir("diplograph"))


def fetched(cache: Path | None = None, file: Path = LOCK) -> list[Path]:
    """Paths of all jars that a lock file names, each with the pinned hash; what is missing is fetched.

    Raises StoreUnavailable when something is missing and cannot be fetched, or has another hash than the pinned one.
    """
    version, jars = locked(file)
    folder = (cache or cache_folder()) / file.stem / version
    missing = [jar for jar in jars if not _intact(folder / jar.name, jar)]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        log.warning("fetching %d of the %d jars of %s %s into %s, once", len(missing), len(jars), file.stem, version, folder)
        _fetch(missing, folder)
    return [folder / jar.name for jar in jars]


def _fetch(jars: Sequence[Jar], folder: Path) -> None:
    fetch = _fetcher()
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetch-") as name:
        repository = Path(name)
        try:
            fetch(jars, repository)
            for jar in jars:
                _keep(repository / jar.path, folder / jar.name, jar)
        except OSError as error:  # the network's errors are of this kind too
            if error.errno == errno.ENOSPC:
                raise StorageFull(
                    f"no space left in {folder}: free 300 MB, or set DIPLOGRAPH_CACHE to another folder"
                ) from error
            raise StoreUnavailable(_unreachable(folder, error)) from error


def _keep(found: Path, target: Path, jar: Jar) -> None:
    if not _intact(found, jar):
        raise StoreUnavailable(
            f"the repository gave another {jar.name} than the pinned one (SHA-256 {jar.sha256}): it was not used; "
            "try again, or look into the repository that jgo or Maven is set up with"
        )
    found.replace(target)


def _intact(path: Path, jar: Jar) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256


def _fetcher() -> Callable[[Sequence[Jar], Path], None]:
    if find_spec("jgo") is not None:
        return _by_jgo
    if shutil.which("mvn") is not None:
        return _by_maven
    raise StoreUnavailable('Neo4j is fetched by the package jgo: `pip install "diplograph[neo4j]"` (or install Maven)')


def _by_jgo(jars: Sequence[Jar], repository: Path) -> None:
    """Fetch into a folder laid out as a Maven repository, through the repositories that jgo is set up with."""
    from jgo.config import GlobalSettings
    from jgo.maven import MavenContext

    own = GlobalSettings.load()
    context = MavenContext(repo_cache=repository, local_repos=[], remote_repos=own.repositories or None, timeout=60)

    def fetch(jar: Jar) -> None:
        component = context.project(jar.group, jar.artifact).at_version(jar.version)
        try:
            component.artifact(classifier=jar.kind).resolve()
        except RuntimeError as error:  # what jgo raises for a file that no repository has
            raise OSError(str(error)) from error

    with ThreadPoolExecutor(_FETCHERS) as pool:
        list(pool.map(fetch, jars))


def _by_maven(jars: Sequence[Jar], repository: Path) -> None:
    """As `_by_jgo`, by the installed Maven and its settings (mirrors, proxies)."""
    repository.joinpath("pom.xml").write_text(_pom(jars), encoding="utf-8")
    goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
    options = [f"-DoutputDirectory={repository}", "-Dmdep.useRepositoryLayout=true", "-DexcludeTransitive=true"]
    command = [str(shutil.which("mvn")), "-B", "-q", "-f", str(repository / "pom.xml"), goal, *options]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode != 0:
        raise OSError((result.stdout + result.stderr).strip()[-800:])


def _pom(jars: Sequence[Jar]) -> str:
    rows = (
        f"<dependency><groupId>{jar.group}</groupId><artifactId>{jar.artifact}</artifactId><version>{jar.version}</version>"
        + (f"<classifier>{jar.kind}</classifier>" if jar.kind else "")
        + "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>"
        for jar in jars
    )
    head = "<modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>neo4j</artifactId><version>1</version>"
    return f"<project>{head}<dependencies>{''.join(rows)}</dependencies></project>"


def _unreachable(folder: Path, error: OSError) -> str:
    return (
        f"the jars of Neo4j are not in {folder} and could not be fetched: {str(error).splitlines()[0][:300]}; "
        "connect to the network once, set up a mirror for jgo or Maven, or use the embedded engine (unset DIPLOGRAPH_NEO4J_URI)"
    )
