"""Fits the weights of cues, their scores and their threshold, leaving one series of documents out.

    python3 Training/fit_cues.py [--casebook .build/release/casebook] [--novels FOLDER] [--cues] [--write]

Reads the cases and the exemplars of `Corpus/` and, where FOLDER has the novels, the labelled paragraphs of
`Training/Novels/`. There are several times as many of these: a paragraph weighs less than a written passage, or the weights
would be those of novels alone.

A passage shows a concept with the log odds of the concept's prior and what each of its cues adds: a logistic
regression for each concept, whose coefficients are not negative and are held near a common one by a ridge. So cues
that come together share what they say between them, and many weak ones may outweigh a strong one. While fitting,
novels have an intercept of their own, since they show most concepts more seldom than what was written to show them; the
prior that is written lies between, for each concept so far towards that of novels as makes more of the highest scores
in novels right without losing recall in what was written. A cue's weight is what prior and coefficient give where the
cue stands alone.

All figures printed are of documents that weights and scores have not seen: each case, each novel and each series of
exemplars (`mixed-d-01`, `mixed-d-02` … are one hand) in turn; whoever wrote the cues has seen them. The threshold is
the lowest score at which precision on cases and exemplars is at least 0.75. With --write the English cues get the
parameters fitted on all documents: what is written depends on patterns and labels alone, so that writing twice changes
nothing. --cues prints a table of all cues. Needs numpy, lxml.
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
RIDGE = 0.3  # A cue keeps what it is expected to add until about ten passages say otherwise.
EXPECTED = 3.0  # Log odds that a cue adds of which nothing is known: between a field's and a turn of phrase's.
NOVEL_PRIORS = (0.1, 0.05, 0.2, 0.3, 0.5)  # How far a prior may lie from that of exemplars towards that of novels.
HIGHEST = (0.005, 0.015, 0.06)  # Shares of all paragraphs of novels: their highest scores are to be right.
RECALL_WORTH = 20  # A point of recall in what was written may not be paid for with precision in novels.
# What a paragraph of a novel weighs beside a written passage. Of 1, 0.5, 0.3 and 0.15, written recall left out was 0.165,
# 0.175, 0.181 and 0.183, and of the 1 300 highest scores in novels 678, 640, 638 and 550 were right.
PARAGRAPH = 0.3
PASSES = 3  # Of matches that share words the strongest counts: which that is depends on the weights, so it is asked again.
LEAST, MOST = 0.0001, 0.9999  # Weights and priors that a cue file can have.
KNOWN, UNKNOWN = 3, 0.6  # A cue met in fewer passages is trusted at least as turns of phrase are that were met.
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
        return f'<cue xml:id="{match.group(1)}" weight="{weights.get(match.group(1), 0.5):.4f}"'

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
        self.passages = set(self.shown) | set(self.doubtful)

    def note(self, rows):
        """Passages of cases that nobody has marked are known once a cue matches there."""
        self.passages |= {(row.document, row.passage) for row in rows}

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


def series(document):
    """What is left out together: a case, a novel, or the exemplars of one hand."""
    name = os.path.basename(document)[: -len(".xml")]
    return re.sub(r"-\d+$", "", name) if "/Exemplars/" in document else name


def counts(rows):
    fired, right = Counter(), Counter()
    for row in rows:
        for cue in {cue for window in row.windows for cue, _ in window}:
            fired[cue] += 1
            right[cue] += row.right
    return fired, right


def logistic(x):
    return 1 / (1 + numpy.exp(-numpy.clip(x, -40, 40)))


def logit(p):
    return math.log(p / (1 - p))


def amounts(window):
    """How often each cue counts in a window."""
    found, seen = Counter(), Counter()
    for cue, factor in sorted(window, key=lambda item: -item[1]):
        found[cue] += factor * REPEATED ** seen[cue]
        seen[cue] += 1
    return found


def fitted(x, y, worth, novel, start):
    """Coefficients (none negative), intercept and what novels add to it, by Newton's method."""
    x = numpy.hstack([x, numpy.ones((len(x), 1)), novel[:, None]])
    cues = x.shape[1] - 2
    ridge = numpy.append(numpy.full(cues, RIDGE), [1e-6, 0.05])  # Intercepts are free, but must be found.
    middle = numpy.append(numpy.full(cues, EXPECTED), [0, 0])
    parameters = numpy.append(middle[:cues], [-4.0, -1.0]) if start is None else start

    def loss(parameters):
        z = x @ parameters
        return worth @ (numpy.logaddexp(0, z) - y * z) + ridge @ (parameters - middle) ** 2 / 2

    lowest = loss(parameters)
    for _ in range(60):
        p = logistic(x @ parameters)
        gradient = x.T @ (worth * (p - y)) + ridge * (parameters - middle)
        curvature = (x * (worth * p * (1 - p))[:, None]).T @ x + numpy.diag(ridge)
        free = (parameters > 0) | (gradient < 0)
        free[cues:] = True
        step, size = numpy.zeros(len(parameters)), 1.0
        step[free] = numpy.linalg.solve(curvature[numpy.ix_(free, free)], gradient[free])
        while True:
            moved = parameters - size * step
            moved[:cues] = numpy.maximum(moved[:cues], 0)
            now = loss(moved)
            if now <= lowest or size < 1e-4:
                break
            size /= 2
        if lowest - now < 1e-6:
            break
        parameters, lowest = moved, now
    return parameters


class Concept:
    """One concept's cues in all passages, and the fit of what they add."""

    def __init__(self, concept, cues, labels, rows):
        self.cues, self.start = cues, None
        number = {cue: index for index, cue in enumerate(cues)}
        self.rows = [row for row in rows if row.concept == concept]
        x = numpy.zeros((len(self.rows), len(cues)))
        for index, row in enumerate(self.rows):
            best = max((amounts(window) for window in row.windows), key=lambda found: sum(found.values()))
            for cue, amount in best.items():
                x[index, number[cue]] = amount
        self.x, self.y = x, numpy.array([row.right for row in self.rows], float)
        self.novel = numpy.array([row.novel for row in self.rows], float)
        self.series = numpy.array([series(row.document) for row in self.rows])
        # Passages in which no cue matches: how many of each series show the concept, and how many do not.
        self.silent = Counter()
        found = {(row.document, row.passage) for row in self.rows}
        for key in labels.passages - found:
            shown = concept in labels.shown[key]
            if shown or concept not in labels.doubtful[key]:
                self.silent[series(key[0]), int(shown), int(key[0] in labels.novels)] += 1

    def fit(self, without=None):
        """(what each cue adds, log odds of the prior, what novels add to it), of all series but one."""
        kept = self.series != without
        kinds = [(shown, novel) for shown in (0, 1) for novel in (0, 1)]
        silent = [
            sum(count for (name, *kind), count in self.silent.items() if name != without and tuple(kind) == wanted)
            for wanted in kinds
        ]
        novel = numpy.append(self.novel[kept], [novel for _, novel in kinds])
        worth = numpy.append(numpy.ones(kept.sum()), silent) * numpy.where(novel > 0, PARAGRAPH, 1)
        x = numpy.vstack([self.x[kept], numpy.zeros((len(kinds), len(self.cues)))])
        y = numpy.append(self.y[kept], [shown for shown, _ in kinds])
        parameters = fitted(x, y, worth, novel, self.start)
        if without is None:
            self.start = parameters
        return parameters[:-2], parameters[-2], parameters[-1]

    def left_out(self):
        """(log odds, what novels add to them, row), each by a fit without its series."""
        self.fit()
        for name in sorted(set(self.series)):
            adds, prior, novel = self.fit(name)
            for index in numpy.flatnonzero(self.series == name):
                yield float(self.x[index] @ adds + prior), float(novel), self.rows[index]


def novel_priors(left_out, labels):
    """How far each concept's prior lies towards that of novels, one concept after the other."""
    concepts = sorted({row.concept for _, _, row in left_out})
    number = {concept: index for index, concept in enumerate(concepts)}
    of = numpy.array([number[row.concept] for _, _, row in left_out])
    odds = numpy.array([odds for odds, _, _ in left_out])
    novels_add = numpy.array([add for _, add, _ in left_out])
    right = numpy.array([row.right for _, _, row in left_out])
    novel = numpy.array([row.novel for _, _, row in left_out])
    shares = numpy.full(len(concepts), NOVEL_PRIORS[0])
    paragraphs = sum(document in labels.novels for document, _ in labels.passages)
    depths = [round(share * paragraphs) for share in HIGHEST]

    def reached():
        """(recall at the threshold in what was written, mean precision of the highest in novels)"""
        moved = odds + shares[of] * novels_add
        found = [numpy.cumsum(right[kind][numpy.argsort(-moved[kind], kind="stable")]) for kind in (~novel, novel)]
        precise = numpy.flatnonzero(found[0] >= PRECISION * numpy.arange(1, len(found[0]) + 1))
        recall = found[0][precise[-1]] / labels.support(False) if len(precise) else 0
        return recall, numpy.mean([found[1][depth - 1] / depth for depth in depths])

    if novel.sum() < max(depths, default=0) or not novel.any():
        return dict(zip(concepts, shares))
    least, _ = reached()
    for _ in range(2):
        for index in range(len(concepts)):

            def worth(share):
                shares[index] = share
                recall, precision = reached()
                return precision + RECALL_WORTH * min(recall - least, 0) + recall - least

            shares[index] = max(NOVEL_PRIORS, key=worth)
    return dict(zip(concepts, shares.tolist()))


def threshold_of(scored):
    threshold, right = 1.0, 0
    for count, (score, row) in enumerate(scored, 1):
        right += row.right
        if right / count >= PRECISION:
            threshold = score
    return threshold


def weigh(fits, shares, weights, priors):
    """Weights and priors of the cue file from fits on all series."""

    def written(odds):
        return min(max(float(logistic(odds)), LEAST), MOST)

    for concept, fit in fits.items():
        adds, prior, novel = fit.fit()
        prior += shares[concept] * novel
        priors[concept] = written(prior)
        weights.update((cue, written(prior + add)) for cue, add in zip(fit.cues, adds))


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
        for count in (30, 100, 300, 1300):
            highest = [row.right for _, row in items[:count]]
            print(f"  of the {len(highest)} highest {sum(highest)} right")
    print(f"threshold {threshold:.4f}: the lowest with precision >= {PRECISION} on cases and exemplars left out")
    return threshold


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--casebook", default=".build/release/casebook")
    options.add_argument("--novels", help="folder with the TEI files of the novels")
    options.add_argument("--cues", action="store_true", help="print how often each cue is right")
    options.add_argument("--write", action="store_true")
    arguments = options.parse_args()
    program = os.path.abspath(arguments.casebook)
    with open(CUE_FILE, encoding="utf-8") as file:
        text = file.read()
    part = text[text.index(LANGUAGE) :]
    part = part[: part.index("</cueSet>")]
    of, cues_of = {}, {}
    for concept, body in re.findall(r'<concept ref="([^"]+)">(.*?)</concept>', part, re.S):
        cues_of[concept] = re.findall(r'<cue xml:id="([^"]+)"', body)
        of.update({cue: concept for cue in cues_of[concept]})
    cues = list(of)

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

        weights, priors = {}, {}
        for _ in range(PASSES):
            rows = suggested(weights)
            labels.note(rows)
            fits = {concept: Concept(concept, mine, labels, rows) for concept, mine in cues_of.items()}
            weigh(fits, defaultdict(lambda: NOVEL_PRIORS[0]), weights, priors)

        left_out = [item for fit in fits.values() for item in fit.left_out()]
        towards = novel_priors(left_out, labels)
        weigh(fits, towards, weights, priors)
        fired, _ = counts(rows)
        for cue in cues:
            if fired[cue] < KNOWN:
                weights[cue] = max(weights[cue], UNKNOWN)

    if arguments.cues:
        tables = [counts([row for row in rows if row.novel == novel]) for novel in (False, True)]
        print("concept cue: right / found in cases and exemplars, in paragraphs of novels, log odds it adds")
        for cue in cues:
            shares = (f"{right[cue]} / {fired[cue]}" for fired, right in tables)
            added = logit(weights[cue]) - logit(priors[of[cue]])
            print(f"{of[cue]} {cue}: " + ", ".join(shares) + f", adds {added:.2f}")
    print("priors towards those of novels: " + ", ".join(f"{concept} {share}" for concept, share in towards.items()))
    scored = [(float(logistic(odds + towards[row.concept] * add)), row) for odds, add, row in left_out]
    threshold = report(labels, sorted(scored, key=lambda item: -item[0]))

    if arguments.write:
        if not arguments.novels:
            raise SystemExit("What ships is fitted on novels too: say where they are with --novels FOLDER.")
        def calibrated(match):
            return f'{match.group(0)}\n   <calibration prior="{priors[match.group(1)]:.4f}"/>'

        def change(part):
            part = re.sub(r'<concept ref="([^"]+)">', calibrated, weighted(part, weights))
            return re.sub(r'threshold="[^"]*"', f'threshold="{math.floor(threshold * 1000) / 1000}"', part, count=1)

        with open(CUE_FILE, "w", encoding="utf-8") as file:
            file.write(english(text, change))
        print(f"wrote {len(cues)} weights and {len(priors)} priors into {CUE_FILE}")


if __name__ == "__main__":
    main()
