"""Articles become claims, by small pure stages."""
