"""Scores from logits, and from which score on a concept is suggested, on passages that trained nothing.

A score says how often such a suggestion is right in a novel: logistic(slope × logit + intercept), one slope for all
concepts and an intercept of each, held near the common one, fitted on the held-out paragraphs of novels (on all
held-out passages where there are no novels). The threshold is chosen for F1 on the held-out exemplars: one logit for
all concepts, moved towards a concept's own best the more passages show it, and all of them once more together. F1 hardly
changes over a wide range of thresholds; of those that cannot be told from the best the lowest is taken (after Breiman et
al. 1984, who allow one standard error), since exemplars come from the hands that wrote the training passages too, and
score higher than what others write.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

# The penalty on how far a concept's intercept lies from the common one: of 0.3, 1, 3, 10, 30, 100 and 1 000 the last two
# gave held-out novels, left out by fifths, the likeliest labels.
RIDGE = 300.0
# A concept's own threshold and the common one weigh alike when this many held-out exemplars show the concept.
OWN_THRESHOLD = 20.0
# The steps, in logits, in which all thresholds are lowered together, and the samples that tell how sure an F1 is.
STEP, SAMPLES = 0.05, 200
# So many standard errors below the best an F1 may lie and not be told from it: 95 of 100 lie within two.
STANDARD_ERRORS = 2.0


def logistic(x):
    return 1 / (1 + np.exp(-np.clip(x, -40, 40)))


def table(passages, concepts):
    number = {concept: index for index, concept in enumerate(concepts)}
    labels = np.zeros((len(passages), len(concepts)), bool)
    counted = np.ones_like(labels)
    for row, passage in enumerate(passages):
        for concept in passage.doubtful:
            counted[row, number[concept]] = False
        for concept, _ in passage.labels:
            labels[row, number[concept]] = counted[row, number[concept]] = True
    return labels, counted


def platt(logits, labels, counted):
    """Slope and intercepts that make the labels likeliest."""
    rows, columns = np.nonzero(counted)
    z, y = logits[rows, columns].astype(float), labels[rows, columns].astype(float)
    concepts = logits.shape[1]

    def loss(parameters):
        slope, common, own = parameters[0], parameters[1], parameters[2:]
        x = slope * z + common + own[columns]
        error = logistic(x) - y
        value = (np.logaddexp(0, x) - y * x).sum() + 0.05 * (slope - 1) ** 2 + 0.5 * RIDGE * (own**2).sum()
        pull = np.bincount(columns, error, concepts) + RIDGE * own
        return value, np.concatenate([[error @ z + 0.1 * (slope - 1), error.sum()], pull])

    found = optimize.minimize(loss, np.concatenate([[1.0, -1.0], np.zeros(concepts)]), jac=True, method="L-BFGS-B")
    return found.x[0], found.x[1] + found.x[2:]


def best_threshold(logits, labels, counted):
    """The logit with the highest F1 of all pairs, half way to the next lower one."""
    z, y = logits[counted], labels[counted]
    order = np.argsort(-z)
    right = np.cumsum(y[order])
    f1 = 2 * right / (np.arange(1, len(z) + 1) + max(1, y.sum()))
    best = int(np.argmax(f1))
    following = z[order[min(best + 1, len(z) - 1)]]
    return (z[order[best]] + following) / 2, float(f1[best])


def f1_of(chosen, labels, counted):
    chosen, labels = chosen & counted, labels & counted
    right, found, wanted = (chosen & labels).sum(0), chosen.sum(0), labels.sum(0)
    each = np.where(found + wanted > 0, 2 * right / np.maximum(1, found + wanted), 0)
    return 2 * right.sum() / max(1, found.sum() + wanted.sum()), each[wanted > 0].mean()


def standard_error(chosen, labels, counted):
    """Of micro F1, over samples of the passages (Efron 1979)."""
    draw = np.random.default_rng(1)
    found = []
    for _ in range(SAMPLES):
        rows = draw.integers(0, len(labels), len(labels))
        found.append(f1_of(chosen[rows], labels[rows], counted[rows])[0])
    return float(np.std(found))


def lowered(limits, logits, labels, counted):
    """All limits, so much lower that micro F1 still cannot be told from theirs."""
    best = f1_of(logits >= limits, labels, counted)[0]
    least = best - STANDARD_ERRORS * standard_error(logits >= limits, labels, counted)
    while f1_of(logits >= limits - STEP, labels, counted)[0] >= least:
        limits = limits - STEP
    return limits


@dataclass
class Fit:
    calibration: dict
    thresholds: dict
    lines: list

    def report(self):
        return "\n".join(self.lines)


def fit(passages, logits, concepts):
    labels, counted = table(passages, concepts)
    novel = np.array([passage.novel for passage in passages])
    where = novel if novel.any() else np.ones_like(novel)
    slope, intercepts = platt(logits[where], labels[where], counted[where])
    exemplar = ~novel
    z, y, c = logits[exemplar], labels[exemplar], counted[exemplar]
    common, best = best_threshold(z, y, c)
    limits = []
    for index in range(len(concepts)):
        column = slice(index, index + 1)
        support = y[:, index].sum()
        own = best_threshold(z[:, column], y[:, column], c[:, column])[0] if support else common
        share = support / (support + OWN_THRESHOLD)
        limits.append(share * own + (1 - share) * common)
    limits = np.array(limits)
    # Each chosen for itself, together they are a little too high: all move alike to the best F1.
    limits += best_threshold(z - limits, y, c)[0]
    limits = lowered(limits, z, y, c)
    micro, macro = f1_of(z >= limits, y, c)
    lines = [f"held-out exemplars: best micro F1 {best:.3f}; at the concepts' thresholds {micro:.3f}, macro {macro:.3f}"]
    if novel.any():
        p = logistic(slope * logits[novel] + intercepts)
        best = best_threshold(p, labels[novel], counted[novel])
        pairs = sorted(zip(p[counted[novel]], labels[novel][counted[novel]]), reverse=True)
        lines.append(
            f"held-out paragraphs: best F1 {best[1]:.3f} at {best[0]:.2f}; "
            f"right among the highest 50: {sum(right for _, right in pairs[:50])}")
    return Fit(
        {concept: [round(float(slope), 4), round(float(b), 4)] for concept, b in zip(concepts, intercepts)},
        {concept: round(float(logistic(slope * t + b)), 4) for concept, t, b in zip(concepts, limits, intercepts)},
        lines)
