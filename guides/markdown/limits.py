"""How much is too much."""

SIZE = 200_000  # characters of a body
