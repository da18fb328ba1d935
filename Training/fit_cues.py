"""Fits the weights of cues, their scores and their threshold, leaving one document out.

    python3 Training/fit_cues.py [--casebook .build/release/casebook] [--novels FOLDER] [--cues] [--write]

Reads the cases and the exemplars of `Corpus/` and, where FOLDER has the novels (ELTeC-eng), the labelled paragraphs of
`Training/Novels/`.

A cue's weight is the share of passages it was right in, drawn to the share of all cues as if six passages more had
been read; a paragraph of a novel counts twice. Evidence (what `suggest` computes from weights) becomes a score by the logistic of slope × logit(evidence) +
intercept; the slope is one for all concepts, the intercept a concept's own, held near the common one by a ridge. All
figures printed are of documents (cases, documents of exemplars, whole novels) that weights and scores have not seen;
whoever wrote the cues has. The threshold is the lowest score at which their precision on cases and exemplars is at
least 0.75. With --write the English cues get the parameters fitted on all documents: what is written depends on
patterns and labels alone, so that writing twice changes nothing. --cues prints a table of all cues. Needs numpy, lxml.
"""

import argparse
import json
import math
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict, namedtuple
from xml.sax.saxutils import escape

import numpy

import texts

PRECISION = 0.75
RIDGE = 2.0  # As strong as two suggestions that are right as often as the average one.
SLOPE_RIDGE = 2.0  # Keeps the slope near 1, where weights already say what they should.
PRIOR = 6  # Passages that a cue's weight is drawn to the common share by.
NOVEL = 2  # A paragraph of a novel counts as two: it is real, and what was written for us outnumbers it.
MOST = 0.93  # No cue alone is surer: the surest counted ones were wrong this often when more was read.
REPEATED = 0.5  # As in the scorer: a cue that comes again counts half.
LOWERED = 0.4  # Factor of nearly all rules of context that lower.
CUE_FILE = "Schemas/bonding.cues.xml"
LANGUAGE = '<cueSet xml:lang="en"'
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en" xml:id="{0}"><teiHeader><fileDesc><titleStmt><title>{0}'
    "</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
    "<text><body>\n{1}\n</body></text></TEI>\n"
)

# windows: of each suggestion of the concept in the passage the cues in its reason, each with its factor.
Row = namedtuple("Row", "document passage concept right novel windows")


def lines(command):
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def english(text, change):
    """The cue file with its English cue set changed."""
    start = text.index(LANGUAGE)
    end = text.index("</cueSet>", start)
    return text[:start] + change(text[start:end]) + text[end:]


def weighted(text, weights):
    def weight(match):
        return f'<cue xml:id="{match.group(1)}" weight="{weights.get(match.group(1), 0.5):.2f}"'

    text = re.sub(r"\n? *<calibration [^>]*/>", "", text)
    return re.sub(r'<cue xml:id="([^"]+)" weight="[^"]*"', weight, text)


def cues_in(reason):
    """(cue, factor) of each piece of evidence in a suggestion's reason."""
    found = []
    for cue, after in re.findall(r"” \(([a-z][\w-]*)\)([^“]*)", reason):
        if "against" not in after:
            found.append((cue, LOWERED if "lowered" in after else 1.0))
    return found


class Labels:
    """What passages show: of a casebook's own layers, and of novels' paragraphs written into it as texts."""

    def __init__(self, copy, program, novels):
        self.shown, self.doubtful, self.novels = defaultdict(set), defaultdict(set), set()
        corpus = os.path.join(copy, "Corpus")
        self.texts = sorted(
            os.path.join(corpus, folder, name)
            for folder in ("", "Exemplars")
            for name in os.listdir(os.path.join(corpus, folder))
            if name.count(".") == 1 and name.endswith(".xml")
        )
        command = [program, "annotate", "list", *self.texts, "--casebook", copy, "--quiet", "--format", "jsonl"]
        for annotation in lines(command):
            if annotation["stance"] not in (None, "supports"):
                continue
            for piece in annotation["ranges"]:
                self.shown[annotation["document"], piece["passage"]].update(annotation["concepts"])
        for passage in texts.exemplars(os.path.join(corpus, "Exemplars")):
            self.doubtful[f"Corpus/Exemplars/{passage.document}.xml", passage.id] = passage.doubtful
        if novels:
            works = defaultdict(list)
            for passage in texts.novels("Training/Novels", novels):
                works[passage.document].append(passage)
            for work, passages in works.items():
                name = f"Corpus/{work}.xml"
                self.novels.add(name)
                self.texts.append(os.path.join(copy, name))
                paragraphs = []
                for number, passage in enumerate(passages):
                    key = name, f"n{number}"
                    self.shown[key] = {concept for concept, _ in passage.labels}
                    self.doubtful[key] = passage.doubtful
                    paragraphs.append(f'<p xml:id="n{number}">{escape(passage.text)}</p>')
                with open(self.texts[-1], "w", encoding="utf-8") as file:
                    file.write(TEI.format(work, "\n".join(paragraphs)))

    def support(self, novel):
        return sum(len(concepts) for (document, _), concepts in self.shown.items() if (document in self.novels) == novel)

    def rows(self, suggestions):
        found = defaultdict(list)
        for suggestion in suggestions:
            cues = cues_in(suggestion["reason"])
            key = suggestion["document"], suggestion["passage"], suggestion["concept"]
            if suggestion["stance"] == "supports" and cues and key[2] not in self.doubtful[key[:2]]:
                found[key].append(cues)
        return [
            Row(document, passage, concept, int(concept in self.shown[document, passage]), document in self.novels, windows)
            for (document, passage, concept), windows in sorted(found.items())
        ]


def worth(row):
    return NOVEL if row.novel else 1


def counts(rows):
    fired, right = Counter(), Counter()
    for row in rows:
        for cue in {cue for window in row.windows for cue, _ in window}:
            fired[cue] += worth(row)
            right[cue] += worth(row) * row.right
    return fired, right


def weights_of(fired, right, cues):
    common = sum(right.values()) / max(1, sum(fired.values()))
    return {
        cue: round(max(0.05, min(MOST, (right[cue] + PRIOR * common) / (fired[cue] + PRIOR))), 2) for cue in cues
    }


def logit(p):
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def logistic(x):
    return 1 / (1 + numpy.exp(-numpy.clip(x, -40, 40)))


def evidence(row, weights):
    best = 0
    for window in row.windows:
        left, seen = 1, Counter()
        for cue, factor in sorted(window, key=lambda item: -weights[item[0]] * item[1]):
            left *= 1 - weights[cue] * factor * REPEATED ** seen[cue]
            seen[cue] += 1
        best = max(best, 1 - left)
    return logit(best)


class Fit:
    def __init__(self, rows, cues, concepts):
        self.weights = weights_of(*counts(rows), cues)
        self.index = {concept: number for number, concept in enumerate(concepts)}
        x = numpy.array([evidence(row, self.weights) for row in rows])
        y = numpy.array([row.right for row in rows])
        c = numpy.array([self.index[row.concept] for row in rows])
        worths = numpy.array([worth(row) for row in rows])
        slope, common, own = 1.0, 0.0, numpy.zeros(len(concepts))
        for _ in range(200):  # Steps of half Newton's size on each parameter; it stands still after some fifty.
            p = logistic(slope * x + common + own[c])
            error, weight = (p - y) * worths, (p * (1 - p) + 1e-9) * worths
            slope -= 0.5 * (error @ x + SLOPE_RIDGE * (slope - 1)) / (weight @ (x * x) + SLOPE_RIDGE)
            common -= 0.5 * error.sum() / weight.sum()
            pull = numpy.bincount(c, error, len(concepts)) + RIDGE * own
            own -= 0.5 * pull / (numpy.bincount(c, weight, len(concepts)) + RIDGE)
        self.slope, self.common, self.own = max(slope, 0.05), common, own

    def score(self, row):
        return float(logistic(self.slope * evidence(row, self.weights) + self.common + self.own[self.index[row.concept]]))


def left_out(rows, cues, concepts):
    """(score, row) of all rows, best first, each scored by a fit without its document."""
    found = []
    for document in sorted({row.document for row in rows}):
        fit = Fit([row for row in rows if row.document != document], cues, concepts)
        found += [(fit.score(row), row) for row in rows if row.document == document]
    return sorted(found, key=lambda item: -item[0])


def threshold_of(scored):
    threshold, right = 1.0, 0
    for count, (score, row) in enumerate(scored, 1):
        right += row.right
        if right / count >= PRECISION:
            threshold = score
    return threshold


def report(labels, scored):
    cases = [item for item in scored if not item[1].novel]
    novels = [item for item in scored if item[1].novel]
    threshold = threshold_of(cases)
    for name, items, novel in (("cases and exemplars", cases, False), ("novels", novels, True)):
        support = labels.support(novel)
        if not items:
            continue
        print(f"{name}: {len(items)} suggestions, {sum(row.right for _, row in items)} of {support} labels met")
        for bound in sorted({0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, threshold}, reverse=True):
            kept = [row.right for score, row in items if score >= bound]
            if kept:
                share = f"precision {sum(kept) / len(kept):.3f}, recall {sum(kept) / support:.3f}"
                print(f"  score >= {bound:.3f}: {share}, {len(kept)} suggestions")
        highest = [row.right for _, row in items[:100]]
        print(f"  of the 30 highest {sum(highest[:30])} right, of the 100 highest {sum(highest)}")
    print(f"threshold {threshold:.4f}: the lowest with precision >= {PRECISION} on cases and exemplars left out")
    return threshold


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--casebook", default=".build/release/casebook")
    options.add_argument("--novels", help="folder with the files of ELTeC-eng")
    options.add_argument("--cues", action="store_true", help="print how often each cue is right")
    options.add_argument("--write", action="store_true")
    arguments = options.parse_args()
    program = os.path.abspath(arguments.casebook)
    with open(CUE_FILE, encoding="utf-8") as file:
        text = file.read()
    part = text[text.index(LANGUAGE) :]
    part = part[: part.index("</cueSet>")]
    of = {}
    for concept, body in re.findall(r'<concept ref="([^"]+)">(.*?)</concept>', part, re.S):
        of.update({cue: concept for cue in re.findall(r'<cue xml:id="([^"]+)"', body)})
    cues, concepts = list(of), sorted(set(of.values()))

    with tempfile.TemporaryDirectory() as copy:
        for folder in ("Corpus", "Schemas"):
            shutil.copytree(folder, os.path.join(copy, folder))
        shutil.copy("casebook.yml", copy)
        labels = Labels(copy, program, arguments.novels)

        def suggested(weights):
            with open(os.path.join(copy, CUE_FILE), "w", encoding="utf-8") as file:
                file.write(english(text, lambda part: weighted(part, weights)))
            command = [program, "suggest", *labels.texts, "--all", "--min-score", "0", "--suggester", "cues"]
            return labels.rows(lines([*command, "--casebook", copy, "--quiet", "--format", "jsonl"]))

        # Of matches that share words the strongest counts: which that is depends on the weights, so it is asked twice.
        first = suggested({})
        rows = suggested(weights_of(*counts(first), cues))

    if arguments.cues:
        tables = [counts([row for row in rows if row.novel == novel]) for novel in (False, True)]
        print("concept cue: right / found in cases and exemplars, in paragraphs of novels")
        for cue in cues:
            shares = (f"{right[cue] // by} / {fired[cue] // by}" for (fired, right), by in zip(tables, (1, NOVEL)))
            print(f"{of[cue]} {cue}: " + ", ".join(shares))
    threshold = report(labels, left_out(rows, cues, concepts))

    if arguments.write:
        if not arguments.novels:
            raise SystemExit("What ships is fitted on novels too: say where they are with --novels FOLDER.")
        fit = Fit(rows, cues, concepts)

        def calibrated(match):
            intercept = fit.common + fit.own[fit.index[match.group(1)]]
            return f'{match.group(0)}\n   <calibration slope="{fit.slope:.3f}" intercept="{intercept:.3f}"/>'

        def change(part):
            part = re.sub(r'<concept ref="([^"]+)">', calibrated, weighted(part, fit.weights))
            return re.sub(r'threshold="[^"]*"', f'threshold="{math.floor(threshold * 1000) / 1000}"', part, count=1)

        with open(CUE_FILE, "w", encoding="utf-8") as file:
            file.write(english(text, change))
        print(f"wrote {len(cues)} weights, slope {fit.slope:.3f} and {len(concepts)} intercepts into {CUE_FILE}")


if __name__ == "__main__":
    main()
