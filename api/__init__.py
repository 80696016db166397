"""How answers get out over HTTP; no module here knows a loader."""
