"""How fast articles are read, how that grows with processes, what memory it takes, and how far confidence can be trusted."""
