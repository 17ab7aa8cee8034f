"""Builds every engine's index, asks them the same queries in turns, and reports."""
import importlib
import json
import multiprocessing
import os
import pathlib
import platform
import resource
import shutil
import sys
import time

from . import corpus, queries, report
from .engines import COMMANDS, loquat

AGAIN = 2  # how often a query is asked again at once …
SHORT_NANOSECONDS = 1_000_000  # … if it takes no longer than this


def run(options, root, work):
    loquat.program = options.loquat
    engines = load_engines(options.engines.split(","))
    data = work / "data"
    data.mkdir(parents=True, exist_ok=True)
    source = options.corpus or data / "generated.jsonl"
    if not options.corpus:
        note(f"generating {options.documents} documents")
        corpus.generate(root, source, options.documents, options.seed)
    prepared = data / "words.jsonl"
    documents, size = corpus.prepare(source, prepared)
    asked = queries.load(options.queries) if options.queries else queries.draw(prepared, options.queries_per_kind, options.seed)
    if not asked:
        sys.exit("compare: there are no queries that every engine has")
    results = {
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), "processor": processor(),
        "processors": len(os.sched_getaffinity(0)), "load": os.getloadavg()[0],
        "corpus": str(options.corpus or f"generated, seed {options.seed}"), "documents": documents, "text_bytes": size,
        "passes": options.passes, "queries": [{"kind": query.kind, "text": str(query)} for query in asked],
        "building": [build(engine, prepared, work / "indexes", size) for engine in engines],
    }
    results["times"], results["counts"] = ask(engines, work / "indexes", asked, options.passes)
    results["load_after"] = os.getloadavg()[0]
    folder = pathlib.Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    report.write(results, folder)
    print(report.markdown(results))
    print(f"{folder}/report.html has plots, {folder}/results.json every figure.")


def load_engines(names):
    """Loquat and those of the named engines that are installed."""
    engines = [loquat]
    for name in names:
        try:
            engines.append(importlib.import_module(f".engines.{name.strip()}", __package__))
        except ImportError as error:
            note(f"{name} is left out: {error}")
    return engines


# MARK: Building


def build(engine, prepared, folder, size):
    """Builds in a process of its own, whose CPU time and memory the system counts."""
    place = folder / engine.__name__.rsplit(".", 1)[-1]
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    note(f"building the index of {engine.NAME}")
    receiver, sender = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=build_in_child, args=(engine, prepared, place, sender))
    child.start()
    sender.close()
    try:
        figures = receiver.recv()
    except EOFError:
        figures = None
    child.join()
    if not figures or child.exitcode != 0:
        sys.exit(f"compare: {engine.NAME} could not build its index")
    figures["bytes"] = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    figures["megabytes_per_cpu_second"] = size / 1e6 / figures["cpu_seconds"]
    return {"engine": engine.NAME, **figures}


def build_in_child(engine, prepared, place, sender):
    before, start = cpu_seconds(), time.perf_counter()
    engine.build(str(prepared), str(place))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    if engine is loquat:  # Python did nothing but start it.
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    sender.send({"seconds": time.perf_counter() - start, "cpu_seconds": cpu_seconds() - before, "peak_bytes": peak * 1024})


def cpu_seconds():
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


# MARK: Asking


def ask(engines, folder, asked, passes):
    """The least time and the count of every query: engines take turns query by query, so that noise meets them all."""
    # On one processor: an engine at the other end of a pipe would move between processors, and its times with it.
    # On one processor: an engine at the other end of a pipe would move between processors, and its times with it.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    searchers = [(engine.NAME, engine.Searcher(str(folder / engine.__name__.rsplit(".", 1)[-1]))) for engine in engines]
    prepared = {name: [searcher.prepare(query) for query in asked] for name, searcher in searchers}
    times = {command: {name: [None] * len(asked) for name, _ in searchers} for command in COMMANDS}
    counts = {name: [None] * len(asked) for name, _ in searchers}
    for command in COMMANDS:
        for turn in range(passes + 1):  # the first only warms up
            note(f"{command}, pass {turn} of {passes}")
            for place in range(len(asked)):
                for step in range(len(searchers)):
                    name, searcher = searchers[(step + turn + place) % len(searchers)]
                    answer = least(searcher, command, prepared[name][place])
                    if answer is None or turn == 0:
                        continue
                    count, nanoseconds = answer
                    best = times[command][name]
                    best[place] = nanoseconds if best[place] is None else min(best[place], nanoseconds)
                    if command == "COUNT":
                        counts[name][place] = count
    return times, counts


def least(searcher, command, query):
    """The count and the least time of a few askings in a row: what another engine left in the caches weighs on the first."""
    answer = searcher.run(command, query)
    for _ in range(AGAIN):
        if answer is None or answer[1] > SHORT_NANOSECONDS:
            break
        again = searcher.run(command, query)
        answer = answer[0], min(answer[1], again[1])
    return answer


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def note(text):
    print(f"compare: {text}", file=sys.stderr, flush=True)
