"""One module a family of routes; a route translates HTTP to one call and back."""
