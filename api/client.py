"""A client of the API for notebooks and programs: `pip install 'diplograph[client]'`.

    from api.client import Diplograph

    graph = Diplograph("http://127.0.0.1:8000")
    graph.ask("accords", state="MAR", since="2020").frame()
    for accord in graph.members("accords", state="MAR", domain="defence"):
        print(accord["date"], accord["label"]["en"])

It needs none of the server's packages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx2

if TYPE_CHECKING:
    import pandas

Json = dict[str, Any]
Scalar = str | int | float | bool

_PANDAS = {"integer": "Int64", "number": "Float64", "text": "string", "date": "string", "iri": "string"}


class Problem(Exception):
    """The API refused, or failed: `status`, `title` and `detail` as RFC 9457 has them, and the request's id for its log.

    `wait`: seconds after which it is worth asking again, where the API says so.
    """

    def __init__(self, status: int, title: str, detail: str, request_id: str, wait: int | None = None) -> None:
        super().__init__(f"{status} {title}: {detail}" if detail else f"{status} {title}")
        self.status, self.title, self.detail, self.request_id, self.wait = status, title, detail, request_id, wait


class Unreachable(ConnectionError):
    """Nothing answered at the address, or not in time."""


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer: rows by column. `types` are text, iri, date, integer, number or list; `truncated`: rows were left out."""

    rows: tuple[Json, ...]
    columns: tuple[str, ...]
    types: Mapping[str, str]
    snapshot: str | None
    truncated: bool

    def __iter__(self) -> Iterator[Json]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self) -> pandas.DataFrame:
        """A pandas DataFrame with nullable types; dates stay texts, for they may be years or months."""
        import pandas

        made = pandas.DataFrame.from_records(list(self.rows), columns=list(self.columns))
        return made.astype({name: _PANDAS[kind] for name, kind in self.types.items() if kind in _PANDAS})


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing; `next` is the cursor of the one that follows, None at the end; `total` where it was asked."""

    items: tuple[Json, ...]
    snapshot: str
    next: str | None
    total: int | None


class Diplograph:
    """A served graph. Close it, or use it in a `with` block.

    Whatever the API refuses is raised as `Problem`, its silence as `Unreachable`.
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8000",
        *,
        key: str | None = None,
        language: str = "en",
        seconds: float = 60.0,
        http: httpx2.Client | None = None,
    ) -> None:
        headers = {"Accept-Language": language, **({"Authorization": f"Bearer {key}"} if key else {})}
        self._http = httpx2.Client(base_url=address, timeout=seconds) if http is None else http
        self._headers, self._owned = headers, http is None

    def questions(self) -> tuple[Json, ...]:
        """The named questions with their parameters and columns."""
        return tuple(self._get("/api/v1/questions")["questions"])

    def ask(self, question: str, *, via: str = "cypher", **parameters: Scalar) -> Rows:
        """The answer to a named question."""
        found = self._get(f"/api/v1/questions/{quote(question, safe='')}", {"via": via, **parameters})
        types = {column["name"]: column["type"] for column in found["columns"]}
        return Rows(tuple(found["rows"]), tuple(types), types, found["snapshot"], found["truncated"])

    def get(self, listing: str, key: str, **options: Scalar) -> Json:
        """One thing: `get("states", "MAR")`; with `known_at`, as it could be told on that day."""
        found: Json = self._get(f"/api/v1/{listing}/{quote(key, safe='')}", options)
        return found

    def page(self, listing: str, *, cursor: str | None = None, **filters: Scalar) -> Page:
        """One page of a listing. A filter whose name is a word of Python ends in `_`: `from_="2020"`."""
        given = {**_plain(filters), **({"cursor": cursor} if cursor else {})}
        found = self._get(f"/api/v1/{listing}", given)
        return Page(tuple(found["items"]), found["snapshot"], found["next"], found["total"])

    def members(self, listing: str, **filters: Scalar) -> Iterator[Json]:
        """All members of a listing that fit, page after page of one snapshot."""
        cursor: str | None = None
        while True:
            page = self.page(listing, cursor=cursor, **{"limit": 500, **filters})
            yield from page.items
            cursor = page.next
            if cursor is None:
                return

    def partners(
        self,
        state: str,
        *,
        beside: Sequence[str] = (),
        as_of: str | None = None,
        known_at: str | None = None,
        region: str | None = None,
        members: bool = False,
    ) -> Json:
        """All that ties a state, or the states of a region (`"western_africa"`), to each of its partners.

        Others may stand beside it; `region` keeps the partners in one.
        """
        given = {"with": ",".join(beside), "as_of": as_of, "known_at": known_at, "region": region}
        given["members"] = "true" if members else None
        asked = {name: value for name, value in given.items() if value}
        found: Json = self._get(f"/api/v1/partners/{quote(state, safe='')}", asked)
        return found

    def entity(self, short_id: str, **options: Scalar) -> Json:
        """All of one thing, by short id: `entity("accord/5f0c3a9be1d2c4f7")`; options are `as_of` and `known_at`."""
        found: Json = self._get(f"/api/v1/entities/{quote(short_id)}", options)
        return found

    def evidence(self, short_id: str, **options: Scalar) -> tuple[Json, ...]:
        """The passages that say so, with their sources; with `known_at`, those of that day."""
        return tuple(self._get(f"/api/v1/evidence/{quote(short_id)}", options)["passages"])

    def explain(self, short_id: str, **options: Scalar) -> Json:
        """Why it was read so: the words that carry each role, with a reason."""
        found: Json = self._get(f"/api/v1/explain/{quote(short_id)}", options)
        return found

    def network(self, **options: Scalar) -> Json:
        """Nodes and ties to draw; options are `state`, `around`, `as_of`, `known_at`, `limit`."""
        found: Json = self._get("/api/v1/network", _plain(options))
        return found

    def changes(self, since: str) -> Json:
        """What is new, differs or is gone since a snapshot."""
        found: Json = self._get("/api/v1/changes", {"since": since})
        return found

    def regions(self) -> tuple[Json, ...]:
        """Regions and sub-regions of the world with the codes of their states."""
        return tuple(self._get("/api/v1/regions")["regions"])

    def search(self, text: str, **options: Scalar) -> tuple[Json, ...]:
        """Things by name or code, best first."""
        return tuple(self._get("/api/v1/search", {"q": text, **options})["hits"])

    def cypher(self, query: str, **parameters: Any) -> Rows:
        """A reading query of one's own; the server may keep this door closed."""
        found = _told(self._sent("POST", "/api/v1/cypher", json={"query": query, "parameters": parameters}))
        return Rows(tuple(found["rows"]), tuple(found["columns"]), {}, None, found["truncated"])

    def sparql(self, query: str) -> Rows:
        """A SELECT query of one's own: values are texts, None where unbound; of ASK, one row with the column `boolean`."""
        answer = self._sent("POST", "/sparql", "application/sparql-results+json", data={"query": query})
        found = _told(answer)
        if "boolean" in found:
            return Rows(({"boolean": found["boolean"]},), ("boolean",), {}, None, False)
        columns = tuple(found["head"]["vars"])
        rows = tuple({name: row.get(name, {}).get("value") for name in columns} for row in found["results"]["bindings"])
        return Rows(rows, columns, {}, None, answer.headers.get("X-Truncated") == "true")

    def close(self) -> None:
        """Let go of the connections."""
        if self._owned:
            self._http.close()

    def __enter__(self) -> Diplograph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _get(self, path: str, parameters: Mapping[str, Scalar] | None = None) -> Any:
        return _told(self._sent("GET", path, params=dict(parameters or {})))

    def _sent(self, method: str, path: str, accept: str = "application/json", **given: Any) -> httpx2.Response:
        try:
            headers = {**self._headers, "Accept": accept}
            # A thing that another carries on has moved there.
            answer = self._http.request(method, path, headers=headers, follow_redirects=True, **given)
        except httpx2.TimeoutException as error:
            remedy = "ask for less, or give Diplograph more seconds"
            raise Unreachable(f"{self._http.base_url} took too long to answer {path}: {remedy}") from error
        except httpx2.TransportError as error:
            remedy = "start it with `diplograph serve`, or give Diplograph the address where it is served"
            raise Unreachable(f"no API answers at {self._http.base_url} ({error}): {remedy}") from error
        return _checked(answer)


def _plain(filters: Mapping[str, Scalar]) -> dict[str, Scalar]:
    words = {name: str(value).lower() if isinstance(value, bool) else value for name, value in filters.items()}
    return {name.removesuffix("_"): value for name, value in words.items()}


def _checked(answer: httpx2.Response) -> httpx2.Response:
    if answer.is_success:
        return answer
    told: Json = _told(answer) if "json" in answer.headers.get("Content-Type", "") else {}
    wait = answer.headers.get("Retry-After", "")
    raise Problem(
        answer.status_code,
        told.get("title", answer.reason_phrase),
        told.get("detail", ""),
        told.get("request_id", answer.headers.get("X-Request-ID", "")),
        int(wait) if wait.isdecimal() else None,
    )


def _told(answer: httpx2.Response) -> Any:
    try:
        return answer.json()
    except ValueError as error:
        what = "what answers there sends no JSON; is it a Diplograph, or a proxy before it?"
        raise Problem(answer.status_code, answer.reason_phrase, what, answer.headers.get("X-Request-ID", "")) from error
