"""Files, feeds and HTML pages become articles."""
