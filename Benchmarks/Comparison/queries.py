"""Queries in a form that every engine can be asked: clauses of words."""
import json
import random
import re
from dataclasses import dataclass

from . import corpus

KINDS = ("term", "intersection", "union", "phrase", "question")
CLAUSE = re.compile(r'([+-]?)(?:"([^"]*)"|(\S+))')
RESERVED = {"and", "or", "not", "to"}


@dataclass(frozen=True)
class Clause:
    """Words that stand together; several are a phrase."""
    words: tuple
    required: bool


@dataclass(frozen=True)
class Query:
    """Clauses, all required or all optional."""
    kind: str
    clauses: tuple

    def __str__(self):
        """The query as Loquat's and Lucene's syntax have it."""
        return " ".join(("+" if clause.required else "")
                        + (f'"{" ".join(clause.words)}"' if len(clause.words) > 1 else clause.words[0])
                        for clause in self.clauses)


def parse(kind, text):
    """A query of the syntax above; None for what not every engine has: exclusions, mixtures of required and optional."""
    clauses = []
    for sign, phrase, word in CLAUSE.findall(text):
        found = tuple(corpus.words(phrase or word))
        if sign == "-" or not found:
            return None
        clauses.append(Clause(found, sign == "+"))
    if not clauses or len({clause.required for clause in clauses}) > 1:
        return None
    return Query(kind, tuple(clauses))


def load(path):
    queries = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.strip()
            if line.startswith("{"):
                entry = json.loads(line)
                kinds = [tag for tag in entry.get("tags", []) if tag in KINDS]
                query = parse(kinds[0], entry["query"]) if kinds else None
            else:
                kind, _, text = line.partition("\t")
                query = parse(kind, text) if kind in KINDS else None
            if query:
                queries.append(query)
    return queries


def draw(path, per_kind, seed):
    """Draws queries of every kind from a prepared corpus."""
    chance = random.Random(seed)
    texts = [text.split() for _, text in corpus.read(path)]
    queries = []
    for kind in KINDS:
        found = {}
        for _ in range(200 * per_kind):
            if len(found) == per_kind:
                break
            query = draw_one(kind, chance.choice(texts), chance)
            if query:
                found[str(query)] = query
        queries.extend(found.values())
    return queries


def draw_one(kind, text, chance):
    def run(lengths):
        length = chance.randint(*lengths)
        if len(text) < length:
            return None
        start = chance.randrange(len(text) - length + 1)
        words = tuple(text[start:start + length])
        return words if RESERVED.isdisjoint(words) else None

    if kind == "phrase":
        words = run((2, 4))
        return Query(kind, (Clause(words, False),)) if words else None
    if kind == "question":
        words = run((8, 15))
        return Query(kind, tuple(Clause((word,), False) for word in words)) if words else None
    count = {"term": 1, "intersection": chance.randint(2, 3), "union": chance.randint(2, 4)}[kind]
    words = chance.sample(text, count) if len(text) >= count else []
    if not words or len(set(words)) < count or not RESERVED.isdisjoint(words):
        return None
    return Query(kind, tuple(Clause((word,), kind == "intersection") for word in words))
