"""Trigger plus arguments: how a clause about an event becomes a candidate fact."""
