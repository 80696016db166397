"""The pages people look at: rendered on the server, complete without scripts."""
