"""The engines, each in a file of its own, behind one interface.

A module has `NAME`, `build(path, folder)`, which indexes a prepared corpus with one thread into one segment, and
`Searcher(folder)` with `prepare(query)`, which makes the engine's own query and is not timed, and
`run(command, prepared)`, which answers `(count or None, nanoseconds)`, or None for what the engine cannot do.
"""
COMMANDS = ("COUNT", "TOP_10", "TOP_100", "TOP_100_COUNT")


def limit_and_count(command):
    """How many documents a command wants, and whether it wants the number of all."""
    return {"COUNT": (0, True), "TOP_10": (10, False), "TOP_100": (100, False), "TOP_100_COUNT": (100, True)}[command]
