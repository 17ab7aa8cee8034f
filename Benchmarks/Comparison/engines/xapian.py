"""Xapian, through Debian's Python binding."""
import time

import xapian

from . import limit_and_count
from ..corpus import read

NAME = "Xapian"


def build(path, folder):
    database = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    for identifier, text in read(path):
        document = xapian.Document()
        document.set_data(identifier)
        generator.set_document(document)
        generator.index_text(text)
        database.add_document(document)
    database.commit()
    database.close()


class Searcher:
    def __init__(self, folder):
        self.database = xapian.Database(folder)
        self.documents = self.database.get_doccount()
        self.enquire = xapian.Enquire(self.database)
        self.enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1, 0.75, 0))

    def prepare(self, query):
        parts = [xapian.Query(clause.words[0]) if len(clause.words) == 1
                 else xapian.Query(xapian.Query.OP_PHRASE, list(clause.words), len(clause.words))
                 for clause in query.clauses]
        return xapian.Query(xapian.Query.OP_AND if query.clauses[0].required else xapian.Query.OP_OR, parts)

    def run(self, command, prepared):
        limit, counts = limit_and_count(command)
        start = time.perf_counter_ns()
        self.enquire.set_query(prepared)
        matches = self.enquire.get_mset(0, limit, self.documents if counts else 0)
        count = matches.get_matches_estimated() if counts else None
        return count, time.perf_counter_ns() - start
