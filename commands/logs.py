"""Where the log of the program goes: standard error, a line an event, for people or for machines."""

from __future__ import annotations

import logging
import os

from graph.errors import DiplomacyError


def set_up_log(level: str) -> None:
    """Log from this level on, in the form that DIPLOGRAPH_LOG_FORMAT names; `DiplomacyError` where either is none."""
    if level.upper() not in logging.getLevelNamesMapping():
        raise DiplomacyError(f"DIPLOGRAPH_LOG={level!r} is no level; choose DEBUG, INFO, WARNING or ERROR")
    if level.upper() != "DEBUG":  # what it finds wrong with a page is said by our own refusal of it
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.basicConfig(level=level.upper(), handlers=[log_handler(os.environ.get("DIPLOGRAPH_LOG_FORMAT") or "text")])


def log_handler(form: str) -> logging.Handler:
    """Standard error, a line an event: for people, or a JSON object each with the fields of requests."""
    handler = logging.StreamHandler()
    if form == "json":
        from pythonjsonlogger.json import JsonFormatter

        names = ["asctime", "levelname", "name", "message"]
        handler.setFormatter(JsonFormatter(names, rename_fields={"asctime": "time", "levelname": "level", "name": "logger"}))
    elif form == "text":
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    else:
        raise DiplomacyError(f"DIPLOGRAPH_LOG_FORMAT={form!r} is no form; choose text or json")
    return handler
