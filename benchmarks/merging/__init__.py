"""How well claims of different articles are joined to things."""
