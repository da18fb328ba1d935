"""Fits the scores of cues and their threshold on the instructor layers, leaving one document out.

    python3 Training/fit_cues.py [--casebook .build/release/casebook] [--write]

Evidence (what `suggest` computes from the weights of cues) becomes a score by the logistic of
slope × logit(evidence) + intercept. The slope is one for all concepts; the intercept is a concept's own, held near the
common one by a ridge, because few concepts have more than twenty suggestions. The figures printed are of documents that
the fit has not seen; the threshold is the lowest score at which their precision is at least 0.75. With --write the
cue file gets the parameters fitted on all documents. Needs nothing but Python.
"""

import argparse
import json
import math
import os
import re
import shutil
import subprocess
import tempfile
from collections import defaultdict

PRECISION = 0.75
RIDGE = 2.0  # As strong as two suggestions that are right as often as the average one.


def lines(command):
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def logit(p):
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def logistic(x):
    return 1 / (1 + math.exp(-max(min(x, 40), -40)))


def fit(rows):
    """Slope, common intercept, and each concept's own, by gradient steps of Newton's size on each parameter."""
    slope, common, own = 1.0, 0.0, defaultdict(float)
    concepts = sorted({concept for concept, _, _ in rows})
    for _ in range(200):
        gradient = defaultdict(float)
        curvature = defaultdict(float)
        for concept, x, y in rows:
            p = logistic(slope * x + common + own[concept])
            error, weight = p - y, p * (1 - p) + 1e-9
            for name, value in (("slope", x), ("common", 1.0), (concept, 1.0)):
                gradient[name] += error * value
                curvature[name] += weight * value * value
        slope -= 0.5 * (gradient["slope"] + 0.1 * (slope - 1)) / (curvature["slope"] + 0.1)
        common -= 0.5 * gradient["common"] / (curvature["common"] + 1e-9)
        for concept in concepts:
            own[concept] -= 0.5 * (gradient[concept] + RIDGE * own[concept]) / (curvature[concept] + RIDGE)
    return max(slope, 0.05), common, own


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--casebook", default=".build/release/casebook")
    options.add_argument("--write", action="store_true")
    arguments = options.parse_args()
    program = os.path.abspath(arguments.casebook)
    cue_file = "Schemas/bonding.cues.xml"

    with tempfile.TemporaryDirectory() as copy:
        for folder in ("Corpus", "Schemas"):
            shutil.copytree(folder, os.path.join(copy, folder))
        shutil.copy("casebook.yml", copy)
        path = os.path.join(copy, cue_file)
        with open(path, encoding="utf-8") as file:
            text = re.sub(r"\n? *<calibration [^>]*/>", "", file.read())
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        corpus = ["--casebook", copy, "--quiet", "--format", "jsonl"]
        texts = sorted(
            os.path.join(folder, name)
            for folder, _, names in os.walk(os.path.join(copy, "Corpus"))
            for name in names
            if name.count(".") == 1 and name.endswith(".xml")
        )
        suggestions = lines([program, "suggest", *texts, "--all", "--min-score", "0", "--suggester", "cues", *corpus])
        annotations = lines([program, "annotate", "list", *texts, *corpus])

    shown = defaultdict(set)
    for annotation in annotations:
        if annotation["stance"] not in (None, "supports"):
            continue
        for piece in annotation["ranges"]:
            shown[annotation["document"], piece["passage"]].update(annotation["concepts"])
    best = {}
    for suggestion in suggestions:
        if suggestion["stance"] != "supports":
            continue
        key = suggestion["document"], suggestion["passage"], suggestion["concept"]
        best[key] = max(best.get(key, 0), suggestion["score"])
    rows = [
        (document, concept, logit(score), 1 if concept in shown[document, passage] else 0)
        for (document, passage, concept), score in sorted(best.items())
    ]
    support = sum(len(concepts) for concepts in shown.values())
    documents = sorted({document for document, _ in shown})
    print(f"{len(rows)} suggestions in {len(documents)} documents, {sum(y for *_, y in rows)} of {support} labels met")

    unseen = []
    for document in documents:
        slope, common, own = fit([(c, x, y) for d, c, x, y in rows if d != document])
        unseen += [(logistic(slope * x + common + own[c]), y) for d, c, x, y in rows if d == document]
    unseen.sort(reverse=True)
    threshold, right = 1.0, 0
    for count, (score, y) in enumerate(unseen, 1):
        right += y
        if right / count >= PRECISION:
            threshold = score
    for bound in sorted({0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, round(threshold, 4)}, reverse=True):
        kept = [y for score, y in unseen if score >= bound]
        if kept:
            print(f"  score >= {bound:.3f}: precision {sum(kept) / len(kept):.3f}, recall {sum(kept) / support:.3f}, {len(kept)} suggestions")
    print(f"threshold {threshold:.4f}: the lowest with precision >= {PRECISION} on documents left out")

    if arguments.write:
        slope, common, own = fit([(c, x, y) for _, c, x, y in rows])
        with open(cue_file, encoding="utf-8") as file:
            text = re.sub(r"\n? *<calibration [^>]*/>", "", file.read())

        def calibrated(match):
            intercept = common + own[match.group(1)]
            return f'{match.group(0)}\n   <calibration slope="{slope:.3f}" intercept="{intercept:.3f}"/>'

        text = re.sub(r'<concept ref="([^"]+)">', calibrated, text)
        text = re.sub(r'(<cueSet xml:lang="en"[^>]*threshold=)"[^"]*"', rf'\1"{math.floor(threshold * 1000) / 1000}"', text)
        with open(cue_file, "w", encoding="utf-8") as file:
            file.write(text)
        print(f"wrote slope {slope:.3f} and {len(own)} intercepts into {cue_file}")


if __name__ == "__main__":
    main()
