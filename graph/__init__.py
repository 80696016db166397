"""The core, store-independent below property/: model, record, resolution, view, property graph, questions."""
