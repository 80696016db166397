"""One question to the endpoint, by the maintained client library; every way of failing named with its remedy."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any

import httpx2
import openai
from pydantic import BaseModel, Field, ValidationError

from graph.errors import DiplomacyError
from loaders.second.options import Options
from loaders.second.tuning import Tuning

_OF_THE_LIBRARY = "x-stainless-raw-response"  # by this the library knows, once the answer is there, that we read it ourselves
_SENT = {"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent", _OF_THE_LIBRARY}
_NAME = re.compile(r"[\w.:/+@-]{1,120}\Z", re.ASCII)
_SAID = 200  # characters of an endpoint's own words that a message repeats
_UNKNOWN = "unknown"


class EndpointFailure(DiplomacyError):
    """The endpoint gave no answer that can be used; `lasting` where the next article would most likely fare no better."""

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the JSON text, and the model and version that wrote it (`unknown` where the endpoint names none)."""

    content: str
    model: str
    version: str


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    model: str | None = None
    system_fingerprint: str | None = None
    choices: list[_Choice] = Field(min_length=1)


class Endpoint:
    """A connection to one endpoint; nothing but the two messages, the schema and the key is sent."""

    def __init__(self, options: Options, tuning: Tuning) -> None:
        self._options, self._tuning = options, tuning
        self._key = options.key.get_secret_value() if options.key is not None else ""
        http = httpx2.Client(event_hooks={"request": [self._only_ours]}, follow_redirects=False)
        self._client = openai.OpenAI(
            base_url=options.url,
            api_key=self._key or "none",  # or the library would take one from the environment, meant for another endpoint
            timeout=options.seconds,
            max_retries=options.retries,
            http_client=http,
        )

    def _only_ours(self, request: httpx2.Request) -> None:
        """Leave out every header that the library adds of its own: from the environment, and about this machine."""
        for name in [name for name in request.headers if name.lower() not in _SENT]:
            del request.headers[name]
        if self._key:
            request.headers["authorization"] = f"Bearer {self._key}"

    def close(self) -> None:
        """Close its connections; it cannot be asked any more."""
        self._client.close()

    def ask(self, system: str, user: str, schema: dict[str, Any]) -> Answer:
        """The answer to two messages in the form of a schema; EndpointFailure names cause and remedy.

        The library retries what may pass (no connection, time-outs, 429 and 5xx, by Retry-After up to two minutes).
        """
        try:
            return self._answer(self._body(system, user, schema))
        except openai.APITimeoutError as error:
            raise self._too_slow() from error
        except openai.APIConnectionError as error:
            raise EndpointFailure(
                f"{self._options.url} cannot be reached ({self._clean(str(error.__cause__ or error))}); "
                "start the endpoint or correct DIPLOGRAPH_SECOND_URL",
                lasting=True,
            ) from error
        except openai.APIStatusError as error:
            raise EndpointFailure(self._status(error), lasting=True) from error
        except httpx2.TimeoutException as error:
            raise self._too_slow() from error
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            raise EndpointFailure(
                f"{self._options.url} broke off its answer ({self._clean(str(error))}); see the endpoint's own log"
            ) from error

    def _too_slow(self) -> EndpointFailure:
        said = f"{self._options.url} did not answer within {self._options.seconds:g} s"
        return EndpointFailure(f"{said}; raise DIPLOGRAPH_SECOND_SECONDS or choose a faster model", lasting=True)

    def _body(self, system: str, user: str, schema: dict[str, Any]) -> bytes:
        """The bytes of an answer; its size is bounded, and the time in which all of it comes once it has begun."""
        body = bytearray()
        with self._client.chat.completions.with_streaming_response.create(
            model=self._options.model,
            messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
            response_format={"type": "json_schema", "json_schema": {"name": "facts", "strict": True, "schema": schema}},
            temperature=0,
            seed=self._tuning.seed,
        ) as response:
            deadline = time.monotonic() + self._options.seconds
            for piece in response.iter_bytes(65_536):
                body += piece
                if len(body) > self._tuning.answer_bytes:
                    raise EndpointFailure(
                        f"the answer is longer than {self._tuning.answer_bytes:,} bytes; choose another model"
                    )
                if time.monotonic() > deadline:
                    raise self._too_slow()
        return bytes(body)

    def _answer(self, body: bytes) -> Answer:
        try:
            completion = _Completion.model_validate_json(body)
        except ValidationError as error:
            raise EndpointFailure(
                f"{self._options.url} answered, but not as a chat completion; DIPLOGRAPH_SECOND_URL must be the base address "
                "of an OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1",
                lasting=True,
            ) from error
        choice = completion.choices[0]
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise EndpointFailure(
                f"the model refused: {self._clean(choice.message.refusal or 'its content filter stepped in')}"
            )
        if choice.finish_reason == "length":
            raise EndpointFailure("the answer was cut short; give the model a larger context or room for more output")
        if not choice.message.content:
            raise EndpointFailure("the answer is empty; choose a model that supports structured output")
        return Answer(choice.message.content, self._options.model, self._version(completion))

    def _version(self, completion: _Completion) -> str:
        """What the endpoint adds to the model's name, and its fingerprint; EndpointFailure where another model answered."""
        asked, told = self._options.model, completion.model or self._options.model
        if told != asked and not told.startswith((f"{asked}-", f"{asked}:", f"{asked}@")):
            raise EndpointFailure(
                f"{self._clean(told)!r} answered in place of {asked!r}; set DIPLOGRAPH_SECOND_MODEL to it if that is meant",
                lasting=True,
            )
        parts = [told[len(asked) + 1 :], completion.system_fingerprint or ""]
        version = "+".join(part for part in parts if part)
        return version if _NAME.match(version) else _UNKNOWN

    def _status(self, error: openai.APIStatusError) -> str:
        """The message for an answer with an error status; what the endpoint says is repeated where it can hold no secret."""
        code, url = error.status_code, self._options.url
        if code in (401, 403):
            return f"{url} refused the key ({code}); set DIPLOGRAPH_SECOND_KEY or DIPLOGRAPH_SECOND_KEY_FILE"
        if code == 404:
            remedy = "correct DIPLOGRAPH_SECOND_MODEL, or DIPLOGRAPH_SECOND_URL (it ends in /v1 as a rule)"
            return f"{url} has no model {self._options.model!r} (404); {remedy}"
        if code == 429:
            after = self._clean(error.response.headers.get("retry-after", ""))
            wait = f", and asks to wait {after} s" if after else ""
            remedy = "use fewer --processes, raise DIPLOGRAPH_SECOND_RETRIES, or read the rest later"
            return f"{url} takes no more requests for now (429){wait}; {remedy}"
        if 300 <= code < 400:
            target = self._clean(error.response.headers.get("location", "another address"))
            return f"{url} sends elsewhere ({code}, {target}); set DIPLOGRAPH_SECOND_URL to that address if you trust it"
        if code >= 500:
            return f"{url} failed ({code}: {self._clean(error.message)}); see the endpoint's own log"
        needs = "it must support response_format json_schema, temperature 0, and the length of the article"
        return f"{url} refused the request ({code}: {self._clean(error.message)}); {needs}"

    def _clean(self, words: str) -> str:
        """A stranger's words, fit for one line of a log, without our key."""
        shown = "".join(character if character.isprintable() else " " for character in words[: 4 * _SAID])
        return (shown.replace(self._key, "***") if self._key else shown)[:_SAID]
