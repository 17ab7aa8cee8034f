"""The report: tables in Markdown and HTML, plots as SVG."""
import html
import math
import statistics

from . import queries
from .engines import COMMANDS
from .engines.loquat import NAME as LOQUAT

# Colours that people who confuse red and green can tell apart (Okabe and Ito, 2008).
COLOURS = ["#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]


def write(results, folder):
    plots = []
    for command in COMMANDS:
        plot = plot_of(results, command)
        (folder / f"{command}.svg").write_text(plot, encoding="utf-8")
        plots.append(f"<figure>{plot}</figure>")
    (folder / "report.md").write_text(markdown(results), encoding="utf-8")
    tables = "\n".join(f"<h2>{html.escape(title)}</h2>{html_table(rows)}" for title, rows in tables_of(results))
    (folder / "report.html").write_text(f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Loquat beside other engines</title>
<style>body {{ font: 15px/1.5 sans-serif; max-width: 64em; margin: 2em auto; padding: 0 1em; }}
table {{ border-collapse: collapse; font-size: 13px; }} th, td {{ padding: .2em .8em; border-bottom: 1px solid #ddd; text-align: right; }}
th:first-child, td:first-child {{ text-align: left; }} svg {{ max-width: 100%; height: auto; }}</style></head>
<body><h1>Loquat beside other engines</h1><p>{html.escape(heading(results))}</p>
{"".join(plots)}
{tables}
</body></html>
""", encoding="utf-8")


def heading(results):
    return (f"{results['date']}, {results['processor']}, {results['processors']} processors, load {results['load']:.1f} before "
            f"and {results['load_after']:.1f} after; corpus {results['corpus']}, {results['documents']:,} documents, "
            f"{results['text_bytes'] / 1e6:.1f} MB of words; one thread, one segment, warm, the least of {results['passes']} passes.")


def markdown(results):
    parts = [heading(results)]
    for title, rows in tables_of(results):
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|" + "---|" * len(rows[0]))
        parts.append(f"### {title}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def html_table(rows):
    def line(cells, tag):
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"
    return "<table>" + line(rows[0], "th") + "".join(line(row, "td") for row in rows[1:]) + "</table>"


def tables_of(results):
    tables = [("Building, one thread", building_table(results))]
    for command in COMMANDS:
        tables.append((f"{command}: mean / geometric mean in µs (ratio of geometric means to Loquat's)", times_table(results, command)))
    tables.append(("Counts equal to Loquat's", counts_table(results)))
    return tables


def building_table(results):
    rows = [["engine", "s", "CPU s", "MB per CPU s", "index MB", "index / text", "peak MB"]]
    for figures in results["building"]:
        rows.append([figures["engine"], f"{figures['seconds']:.1f}", f"{figures['cpu_seconds']:.1f}",
                     f"{figures['megabytes_per_cpu_second']:.1f}", f"{figures['bytes'] / 1e6:.1f}",
                     f"{figures['bytes'] / results['text_bytes']:.2f}", f"{figures['peak_bytes'] / 1e6:.0f}"])
    return rows


def times_table(results, command):
    engines = list(results["times"][command])
    rows = [["kind (queries)", *engines]]
    for kind in kinds(results):
        places = places_of(results, kind)
        cells = [f"{kind} ({len(places)})"]
        for engine in engines:
            found = known(results, command, engine, places)
            if not found:
                cells.append("")
                continue
            both = [place for place in found if results["times"][command][LOQUAT][place] is not None]
            ratio = geometric(results, command, engine, both) / geometric(results, command, LOQUAT, both)
            mean = statistics.mean(results["times"][command][engine][place] for place in found)
            cells.append(f"{mean / 1e3:.1f} / {geometric(results, command, engine, found) / 1e3:.1f}"
                         + ("" if engine == LOQUAT else f" ({ratio:.2f})"))
        rows.append(cells)
    return rows


def counts_table(results):
    engines = [engine for engine, counts in results["counts"].items() if any(count is not None for count in counts)]
    rows = [["kind", *engines]]
    reference = results["counts"][LOQUAT]
    for kind in kinds(results):
        cells = [kind]
        for engine in engines:
            counts = results["counts"][engine]
            places = [place for place in places_of(results, kind) if counts[place] is not None]
            cells.append(f"{sum(counts[place] == reference[place] for place in places)} of {len(places)}")
        rows.append(cells)
    return rows


def kinds(results):
    present = {query["kind"] for query in results["queries"]}
    return [kind for kind in queries.KINDS if kind in present]


def places_of(results, kind):
    return [place for place, query in enumerate(results["queries"]) if query["kind"] == kind]


def known(results, command, engine, places):
    return [place for place in places if results["times"][command][engine][place] is not None]


def geometric(results, command, engine, places):
    return statistics.geometric_mean(max(1, results["times"][command][engine][place]) for place in places)


# MARK: Plots


def plot_of(results, command):
    """The geometric mean of each engine for each kind, on a logarithmic axis: a dot for each, a row for each kind."""
    engines = list(results["times"][command])
    rows = []
    for kind in kinds(results):
        places = places_of(results, kind)
        values = {engine: geometric(results, command, engine, found) / 1e3
                  for engine in engines if (found := known(results, command, engine, places))}
        if values:
            rows.append((kind, values))
    every = [value for _, values in rows for value in values.values()]
    low, high = math.floor(math.log10(min(every))), math.ceil(math.log10(max(every)))
    high = max(high, low + 1)
    left, top, width, step = 110, 84, 560, 44
    height = top + step * len(rows) + 50

    def across(value):
        return left + (math.log10(value) - low) / (high - low) * width

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 40} {height}" width="{left + width + 40}" '
             f'height="{height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>',
             f'<text x="16" y="24" font-size="15">{command}: geometric mean of the times, µs</text>']
    for number, engine in enumerate(engines):
        parts.append(f'<circle cx="{left + number * 105}" cy="46" r="5" fill="{COLOURS[number % len(COLOURS)]}"/>'
                     f'<text x="{left + 10 + number * 105}" y="50">{html.escape(engine)}</text>')
    for power in range(low, high + 1):
        place = across(10 ** power)
        parts.append(f'<line x1="{place:.1f}" y1="{top - 16}" x2="{place:.1f}" y2="{height - 40}" stroke="#ddd"/>'
                     f'<text x="{place:.1f}" y="{height - 22}" text-anchor="middle">{10 ** power:,}</text>')
    for row, (kind, values) in enumerate(rows):
        middle = top + step * row + step / 2 - 16
        parts.append(f'<text x="{left - 12}" y="{middle + 4}" text-anchor="end">{kind}</text>'
                     f'<line x1="{left}" y1="{middle}" x2="{left + width}" y2="{middle}" stroke="#eee"/>')
        for number, engine in enumerate(engines):
            if engine in values:
                parts.append(f'<circle cx="{across(values[engine]):.1f}" cy="{middle + 5 * (number - len(engines) // 2)}" r="5" fill="{COLOURS[number % len(COLOURS)]}" '
                             f'fill-opacity="0.85"><title>{html.escape(engine)}: {values[engine]:.1f} µs</title></circle>')
    return "\n".join(parts) + "\n</svg>\n"
