"""The view as a property graph over Bolt, on the embedded engine or Neo4j."""
