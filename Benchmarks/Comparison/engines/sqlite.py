"""SQLite FTS5, through Python's own binding. A statement's time includes reading its MATCH expression."""
import sqlite3
import time

from . import limit_and_count
from ..corpus import read

NAME = "SQLite FTS5"


def build(path, folder):
    database = sqlite3.connect(folder + "/index.db", isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    # The text is not kept, as with the other engines.
    database.execute("CREATE VIRTUAL TABLE documents USING fts5(text, content = '', tokenize = 'unicode61 remove_diacritics 0')")
    database.execute("BEGIN")
    for number, (_, text) in enumerate(read(path), 1):
        database.execute("INSERT INTO documents(rowid, text) VALUES (?, ?)", (number, text))
    database.execute("COMMIT")
    database.execute("INSERT INTO documents(documents) VALUES ('optimize')")
    database.close()


class Searcher:
    def __init__(self, folder):
        self.database = sqlite3.connect(folder + "/index.db")

    def prepare(self, query):
        joint = " AND " if query.clauses[0].required else " OR "
        return joint.join('"' + " ".join(clause.words) + '"' for clause in query.clauses)

    def run(self, command, prepared):
        limit, counts = limit_and_count(command)
        start = time.perf_counter_ns()
        count = None
        if limit:
            self.database.execute("SELECT rowid FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ?",
                                  (prepared, limit)).fetchall()
        if counts:
            count, = self.database.execute("SELECT count(*) FROM documents WHERE documents MATCH ?", (prepared,)).fetchone()
        return count, time.perf_counter_ns() - start
