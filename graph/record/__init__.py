"""Claims as RDF, the one writer, snapshots, shapes."""
