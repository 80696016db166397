"""Where the log of the program goes: standard error, a line an event, for people or for machines."""

from __future__ import annotations

import logging
import os

from graph.errors import DiplomacyError

_ESCAPED = {code: repr(chr(code))[1:-1] for code in (*range(32), *range(127, 160), 0x2028, 0x2029)}


class _Line(logging.Formatter):
    """For people. A line break in what a stranger sent is written as an escape: no line of the log is of his making."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (as logging calls it)
        return super().formatMessage(record).translate(_ESCAPED)


def set_up_log() -> None:
    """Log from the level of DIPLOGRAPH_LOG on, as DIPLOGRAPH_LOG_FORMAT says; `DiplomacyError` where either is none."""
    level = (os.environ.get("DIPLOGRAPH_LOG") or "WARNING").upper()
    if level not in logging.getLevelNamesMapping():
        raise DiplomacyError(f"DIPLOGRAPH_LOG={level!r} is no level; choose DEBUG, INFO, WARNING or ERROR")
    if level != "DEBUG":  # what it finds wrong with a page is said by our own refusal of it
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("uvicorn").setLevel(logging.INFO)  # where it serves is told at any level
    logging.basicConfig(level=level, handlers=[log_handler(os.environ.get("DIPLOGRAPH_LOG_FORMAT") or "text")])


def log_handler(form: str) -> logging.Handler:
    """Standard error, a line an event: for people, or a JSON object each with the fields of requests."""
    handler = logging.StreamHandler()
    if form == "json":
        from pythonjsonlogger.core import RESERVED_ATTRS
        from pythonjsonlogger.json import JsonFormatter

        names, repeated = ["asctime", "levelname", "name", "message"], [*RESERVED_ATTRS, "color_message"]
        renamed = {"asctime": "time", "levelname": "level", "name": "logger"}
        handler.setFormatter(JsonFormatter(names, rename_fields=renamed, reserved_attrs=repeated))
    elif form == "text":
        handler.setFormatter(_Line("%(levelname)s %(name)s: %(message)s"))
    else:
        raise DiplomacyError(f"DIPLOGRAPH_LOG_FORMAT={form!r} is no form; choose text or json")
    return handler
