"""What is spoken of: claims, sources, partial dates, the ontology's terms, reference data."""
