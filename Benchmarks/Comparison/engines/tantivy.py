"""Tantivy, through its Python binding, whose collector always counts and so never skips documents of a union."""
import time

import tantivy

from . import limit_and_count
from ..corpus import read

NAME = "Tantivy"


def open_index(folder):
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="words", index_option="position")
    index = tantivy.Index(builder.build(), path=folder)
    index.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def build(path, folder):
    writer = open_index(folder).writer(heap_size=1_000_000_000, num_threads=1)
    for identifier, text in read(path):
        writer.add_document(tantivy.Document(id=identifier, text=text))
    writer.commit()
    writer.wait_merging_threads()


class Searcher:
    def __init__(self, folder):
        self.index = open_index(folder)
        self.searcher = self.index.searcher()

    def prepare(self, query):
        parts = [self.clause(clause) for clause in query.clauses]
        if len(parts) == 1:
            return parts[0]
        occur = tantivy.Occur.Must if query.clauses[0].required else tantivy.Occur.Should
        return tantivy.Query.boolean_query([(occur, part) for part in parts])

    def clause(self, clause):
        schema = self.index.schema
        if len(clause.words) == 1:
            return tantivy.Query.term_query(schema, "text", clause.words[0], index_option="freq")
        return tantivy.Query.phrase_query(schema, "text", list(clause.words))

    def run(self, command, prepared):
        limit, counts = limit_and_count(command)
        start = time.perf_counter_ns()
        # A limit of 0 is refused, so that counting collects one document.
        result = self.searcher.search(prepared, limit=max(1, limit), count=counts)
        return (result.count if counts else None), time.perf_counter_ns() - start
