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
        remedy = "write one such as http://127.0.0.1:8080/v1, without user or password"
        raise DiplomacyError(f"DIPLOGRAPH_SECOND_URL is no http or https address; {remedy}")
    if not model:
        raise DiplomacyError("the second reader has no model; set DIPLOGRAPH_SECOND_MODEL to one that the endpoint serves")
    if missing := [name for name in _LIBRARIES if importlib.util.find_spec(name) is None]:
        raise DiplomacyError(f"the second reader needs {missing[0]}; install it with: pip install 'diplograph[second]'")
    key = settings.second_key
    if key is not None and not _fits_a_header(key.get_secret_value()):
        raise DiplomacyError("DIPLOGRAPH_SECOND_KEY holds blanks or letters that no key has; copy it again, as one line")
    return Options(url, model, key, settings.second_seconds, settings.second_retries)


def _is_address(url: str) -> bool:
    """True for an address without credentials: those would be shown in messages, and belong in the key."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # an open bracket, a port out of range
        return False
    return sound and "@" not in parts.netloc and _fits_a_header(url)


def _fits_a_header(word: str) -> bool:
    return word.isascii() and word.isprintable() and " " not in word
