"""What goes wrong in words that a person can act on."""


class Problem(Exception):
    """Ends the bench: something is missing or broken that it cannot do without."""


class Unavailable(Exception):
    """A client cannot take part here; the others can."""
