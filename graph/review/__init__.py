"""What people decide on the graph: naming what is meant, deciding, taking back, and what is worth deciding next."""
