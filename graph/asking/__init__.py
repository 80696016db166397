"""Questions, guards and network views: how the graph answers."""
