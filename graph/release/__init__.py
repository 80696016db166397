"""A snapshot as files to download: what others cite, mirror and load."""
