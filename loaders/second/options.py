"""Which endpoint is asked, and how patiently: the `second_*` settings, checked."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from graph.errors import DiplomacyError
from graph.settings import Settings

_LIBRARIES = ("openai", "httpx2")


@dataclass(frozen=True, slots=True)
class Options:
    """An endpoint's base address (it ends in `/v1` as a rule), the model to ask for, and seconds and retries a request."""

    url: str
    model: str
    key: SecretStr | None
    seconds: float
    retries: int


def options_from(settings: Settings) -> Options:
    """The options that the settings give; DiplomacyError names the setting or the extra that is missing."""
    url, model = settings.second_url, settings.second_model
    if url is None:
        raise DiplomacyError(
            "the second reader has no endpoint; set DIPLOGRAPH_SECOND_URL to the base address of an OpenAI-compatible one "
            "(such as http://127.0.0.1:8080/v1), or leave --second out"
        )
    if not _is_address(url):
        raise DiplomacyError(f"DIPLOGRAPH_SECOND_URL: {url!r} is no http or https address")
    if not model:
        raise DiplomacyError("the second reader has no model; set DIPLOGRAPH_SECOND_MODEL to one that the endpoint serves")
    if missing := [name for name in _LIBRARIES if importlib.util.find_spec(name) is None]:
        raise DiplomacyError(f"the second reader needs {missing[0]}; install it with: pip install 'diplograph[second]'")
    return Options(url, model, settings.second_key, settings.second_seconds, settings.second_retries)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
