"""How fast the search is, and what it costs: measured on guides that are made up for it."""
