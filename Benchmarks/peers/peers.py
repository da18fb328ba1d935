"""The questions of the query benchmark, asked of other engines and of nested loops in Python.

    python peers.py CASEBOOK OURS.tsv

CASEBOOK is what `synthetic` wrote, OURS.tsv what `queries --tsv` printed. Everything is loaded first; then each engine
answers each question some times, and the medians are printed with the counts. Equal counts are asserted of whatever
is taken for right: the nested loops, and each engine but where KNOWN says why its count differs.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

QUESTIONS = ["concept", "concept & concept", "overlaps", "then <3p", "words near words", "regex"]
A, B = "c01", "c02"
# Slow answers are asked less often: a second decides nothing about a factor of a hundred.
BUDGET_SECONDS = 3.0
MOST_ROUNDS = 11
# A virtual machine needs more of them to come up to speed.
BASEX_ROUNDS = 51

# Counts of released versions that differ, and why; they are printed with a star, and are no correct peer.
KNOWN = {
    ("STAM", "overlaps"): "loses overlaps in the second half of a text, and those of identical ranges",
}


class Annotation:
    __slots__ = ("concept", "passage", "start", "end", "first", "last")

    def __init__(self, row, offsets):
        self.concept = row[0]
        self.passage, start, end, self.first, self.last = (int(cell) for cell in row[1:])
        self.start, self.end = offsets[self.passage] + start, offsets[self.passage] + end


class Novel:
    def __init__(self, folder):
        self.passages = (folder / "passages.txt").read_text().splitlines()
        self.offsets, offset = [], 0
        for passage in self.passages:
            self.offsets.append(offset)
            offset += len(passage) + 1
        self.text = "\n".join(self.passages) + "\n"
        rows = [line.split("\t") for line in (folder / "annotations.tsv").read_text().splitlines()]
        self.annotations = [Annotation(row, self.offsets) for row in rows]
        # Number, passage, start, end, word.
        self.words = [line.split("\t") for line in (folder / "words.tsv").read_text().splitlines()]


def timed(question):
    """Median milliseconds and the answer."""
    times, answer, begin = [], None, time.perf_counter()
    while len(times) < MOST_ROUNDS and (not times or time.perf_counter() - begin < BUDGET_SECONDS):
        start = time.perf_counter()
        answer = question()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), answer


def nested_loops(novel):
    def of(concept):
        return [x for x in novel.annotations if x.concept == concept]

    def both():
        return len({x.passage for x in of(A)} & {x.passage for x in of(B)})

    def overlaps():
        right, count = of(B), 0
        for x in of(A):
            for y in right:
                if x.start < y.end and y.start < x.end:
                    count += 1
        return count

    def then():
        right, count = of(B), 0
        for x in of(A):
            for y in right:
                if y.start >= x.end and 0 <= y.passage - x.passage < 3:
                    count += 1
        return count

    def near():
        left = [int(row[0]) for row in novel.words if row[4].lower() == "mother"]
        right = [int(row[0]) for row in novel.words if row[4].lower() == "child"]
        return sum(1 for x in left if any(abs(x - y) <= 5 for y in right))

    expression = re.compile(r"\bm[a-z]+r\b")
    return {
        "concept": lambda: len(of(A)), "concept & concept": both, "overlaps": overlaps, "then <3p": then,
        "words near words": near, "regex": lambda: sum(len(expression.findall(p)) for p in novel.passages),
    }


def stam_questions(novel):
    import stam

    store = stam.AnnotationStore(id="bench")
    resource = store.add_resource(id="novel", text=novel.text)
    store.add_dataset(id="set")
    for x in novel.annotations:
        store.annotate(
            target=stam.Selector.textselector(resource, stam.Offset.simple(x.start, x.end)),
            data=[{"set": "set", "key": "concept", "value": x.concept}])
    for number, (offset, text) in enumerate(zip(novel.offsets, novel.passages)):
        store.annotate(
            target=stam.Selector.textselector(resource, stam.Offset.simple(offset, offset + len(text))),
            data=[{"set": "set", "key": "passage", "value": str(number)}])
    concept = 'SELECT ANNOTATION ?%s WHERE %s DATA "set" "concept" = "%s";'

    def pairs(relation):
        query = concept % ("x", "", A) + " { " + concept % ("y", relation, B) + " }"
        return lambda: sum(1 for _ in store.query(query))

    return {
        "concept": lambda: sum(1 for _ in store.query(concept % ("x", "", A))),
        "overlaps": pairs("RELATION ?x OVERLAPS;"),
        "regex": lambda: len(resource.find_text_regex([r"\bm[a-z]+r\b"])),
    }


def graphannis_questions(novel, folder):
    from graphannis.cs import CorpusStorageManager
    from graphannis.graph import GraphUpdate

    manager = CorpusStorageManager(str(folder))
    update = GraphUpdate()

    def node(name, label=None, value=None):
        update.add_node(name)
        update.add_edge(name, "bench/novel", "annis", "PartOf", "")
        if label:
            update.add_node_label(name, *label, value)

    update.add_node("bench", "corpus")
    update.add_node("bench/novel", "corpus")
    update.add_edge("bench/novel", "bench", "annis", "PartOf", "")
    names = [f"bench/novel#t{number}" for number in range(len(novel.words))]
    for name, row in zip(names, novel.words):
        node(name, ("annis", "tok"), row[4])
    for left, right in zip(names, names[1:]):
        update.add_edge(left, right, "annis", "Ordering", "")
    for number, x in enumerate(novel.annotations):
        name = f"bench/novel#a{number}"
        node(name, ("", "concept"), x.concept)
        for word in range(x.first, x.last + 1):
            update.add_edge(name, names[word], "", "Coverage", "")
    by_passage = {}
    for row in novel.words:
        by_passage.setdefault(int(row[1]), []).append(int(row[0]))
    for number, words in by_passage.items():
        name = f"bench/novel#p{number}"
        node(name, ("", "passage"), str(number))
        for word in words:
            update.add_edge(name, names[word], "", "Coverage", "")
    manager.apply_update("bench", update)

    def count(query):
        return lambda: manager.count("bench", query)

    def distinct(query):
        return lambda: len({match[0] for match in manager.find("bench", query, limit=None)})

    return {
        "concept": count(f'concept="{A}"'),
        "concept & concept": distinct(f'passage & concept="{A}" & concept="{B}" & #1 _i_ #2 & #1 _i_ #3'),
        "overlaps": count(f'concept="{A}" _o_ concept="{B}"'),
        "words near words": distinct("tok=/[Mm]other/ ^1,5 tok=/[Cc]hild/"),
        "regex": count("tok=/m[a-z]+r/"),
    }


BASEX = {
    "concept": f"count(//a[@c='{A}'])",
    "concept & concept": f"count(//p[a/@c='{A}'][a/@c='{B}'])",
    "overlaps": f"count(for $p in //p for $x in $p/a[@c='{A}'], $y in $p/a[@c='{B}']"
    "[number(@s) < number($x/@e) and number(@e) > number($x/@s)] return 1)",
    "then <3p": f"count(for $x in //a[@c='{A}'] for $y in ($x/.. | $x/../following-sibling::p[position() < 3])"
    f"/a[@c='{B}'][number(@s) >= number($x/@e)] return 1)",
    "words near words": "let $right := //w[lower-case(.) = 'child']/number(@n) return"
    " count(for $x in //w[lower-case(.) = 'mother']/number(@n)"
    " where some $y in $right satisfies abs($x - $y) <= 5 return 1)",
    "regex": "count(//w[matches(., '^m[a-z]+r$')])",
}


def basex_answers(novel, folder):
    """BaseX measures itself: the mean of repeated runs in one virtual machine, without its start."""
    by_passage = [[] for _ in novel.passages]
    for x in novel.annotations:
        by_passage[x.passage].append(f'<a c="{x.concept}" s="{x.start}" e="{x.end}"/>')
    for row in novel.words:
        by_passage[int(row[1])].append(f'<w n="{row[0]}">{row[4]}</w>')
    file = folder / "novel.xml"
    file.write_text("<novel>" + "".join(f"<p>{''.join(rows)}</p>" for rows in by_passage) + "</novel>")
    environment = dict(os.environ, _JAVA_OPTIONS=f"-Dorg.basex.DBPATH={folder / 'basex'}")

    def basex(*arguments):
        return subprocess.run(["basex", *arguments], env=environment, capture_output=True, text=True)

    made = basex("-c", f"CREATE DB bench {file}")
    if made.returncode != 0:
        print(f"BaseX is left out: {made.stderr}", file=sys.stderr)
        return {}
    answers = {}
    for name, query in BASEX.items():
        run = basex("-i", "bench", "-V", "-r", str(BASEX_ROUNDS), query)
        count = re.match(r"\d+", run.stdout)
        # Parsing the query is left out: most of it is the machine's warming up.
        spent = re.findall(r"(?:Evaluating|Compiling): ([\d.]+) ms", run.stdout + run.stderr)
        if count and spent:
            answers[name] = (sum(float(time) for time in spent), int(count.group()))
        else:
            print(f"BaseX, {name}: {run.stdout} {run.stderr}", file=sys.stderr)
    return answers


def main():
    folder, ours = Path(sys.argv[1]), Path(sys.argv[2])
    novel = Novel(folder / "peers")
    results = {"casebook": {}}
    for line in ours.read_text().splitlines():
        name, count, milliseconds = line.split("\t")
        results["casebook"][name] = (float(milliseconds), int(count))
    with tempfile.TemporaryDirectory() as work:
        engines = {
            "Python loops": lambda: nested_loops(novel), "STAM": lambda: stam_questions(novel),
            "graphANNIS": lambda: graphannis_questions(novel, Path(work)),
        }
        for engine, load in engines.items():
            try:
                questions = load()
            except ImportError as error:
                print(f"{engine} is left out: {error}", file=sys.stderr)
                continue
            results[engine] = {name: timed(question) for name, question in questions.items()}
        if shutil.which("basex"):
            results["BaseX"] = basex_answers(novel, Path(work))
        else:
            print("BaseX is left out: there is no basex", file=sys.stderr)
    sys.exit(report(results))


def report(results):
    truth = {name: count for name, (_, count) in results["Python loops"].items()}
    wrong = []
    print(f"{'milliseconds, warm':20}" + "".join(f"{engine:>15}" for engine in results) + "  fastest correct peer")
    for name in QUESTIONS:
        line, peers = f"{name:20}", []
        for engine, answers in results.items():
            if name not in answers:
                line += f"{'–':>15}"
                continue
            milliseconds, count = answers[name]
            isRight = count == truth[name]
            if not isRight and (engine, name) not in KNOWN:
                wrong.append(f"{engine}, {name}: {count}, and it is {truth[name]}")
            if isRight and engine != "casebook":
                peers.append(milliseconds)
            line += f"{milliseconds:14.2f}" + (" " if isRight else "*")
        print(line + f"{min(peers) / results['casebook'][name][0]:10.1f} x ours")
    print("\ncounts              " + "".join(f"{engine:>15}" for engine in results))
    for name in QUESTIONS:
        print(f"{name:20}" + "".join(
            f"{answers[name][1] if name in answers else '–':>14} " for answers in results.values()))
    for (engine, name), reason in KNOWN.items():
        if engine in results and results[engine].get(name, (0, truth[name]))[1] != truth[name]:
            print(f"* {engine}, {name}: {reason}")
    print("–: not to be said in that engine's language.")
    for line in wrong:
        print("WRONG: " + line)
    return 1 if wrong else 0


if __name__ == "__main__":
    main()
