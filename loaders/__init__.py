"""How facts get in; no module here knows a store."""
