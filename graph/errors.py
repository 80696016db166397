"""What can go wrong, named for what happened; each message says what to do about it."""


class DiplomacyError(Exception):
    """Root of every error that Diplograph raises on purpose; `str()` is fit to be shown to a user."""


class BadSource(DiplomacyError):
    """A source (article, file, row) that cannot be read; names the file and the remedy."""


class BadData(DiplomacyError):
    """A data file of the project (ontology, lexicon, question) that is malformed; names file, line or id."""


class UnknownTerm(DiplomacyError):
    """A class, property, code or question name that is not in the ontology or reference data."""


class BadQuery(DiplomacyError):
    """A question or query refused before it ran: wrong parameter, forbidden clause, over a limit."""


class QueryTimeout(DiplomacyError):
    """A query stopped because it used up its time, memory or row limit."""


class NotFound(DiplomacyError):
    """No entity, claim or source has that id."""


class StoreUnavailable(DiplomacyError):
    """The record or the property graph cannot be reached or opened; says how to start or repair it."""


class FolderInUse(StoreUnavailable):
    """Another process holds the data folder for this purpose; names the holder."""


class StorageFull(StoreUnavailable):
    """The disk refused a write; nothing half-written is left behind."""
