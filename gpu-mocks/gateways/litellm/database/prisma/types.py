"""The client's generated names, which are for type checkers only."""


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)
    return dict
