"""Who may do what, and how much of it: keys and scopes, the budget of a client, what is counted and traced."""
