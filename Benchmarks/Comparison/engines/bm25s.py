"""bm25s: scores computed beforehand, all documents ranked for each query. No phrases, no conditions, no counts."""
import time

import bm25s

from . import limit_and_count
from ..corpus import read

NAME = "bm25s"


def build(path, folder):
    model = bm25s.BM25(k1=1.2, b=0.75, method="lucene", backend="numba")
    model.index([text.split() for _, text in read(path)], show_progress=False)
    model.save(folder)


class Searcher:
    def __init__(self, folder):
        self.model = bm25s.BM25.load(folder)
        self.model.backend = "numba"
        self.documents = self.model.scores["num_docs"]

    def prepare(self, query):
        if any(clause.required or len(clause.words) > 1 for clause in query.clauses):
            return None
        return [[clause.words[0] for clause in query.clauses]]

    def run(self, command, prepared):
        limit, counts = limit_and_count(command)
        if prepared is None or counts or limit > self.documents:
            return None
        start = time.perf_counter_ns()
        self.model.retrieve(prepared, k=limit, show_progress=False, n_threads=0)
        return None, time.perf_counter_ns() - start
