"""The property graph of a large view at once: by the engines' own importers, instead of transaction by transaction."""
