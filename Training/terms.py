"""A linear model of a passage's word pieces, of pairs of neighbours, and of the pieces in sentences that name a family:
what its words alone say.

It is weaker than an encoder and errs elsewhere, so that both together err less. A passage is the vector of its terms,
(1 + ln count) × inverse document frequency, of length 1 (Salton & Buckley 1988); each concept has a logistic regression
over it.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

import export
import texts

# A term of two passages says more about them than about concepts.
FEWEST = 3
# The terms with the largest weights: 12 000, 20 000, 40 000 or all 115 000 pieces and pairs made no difference on the
# held-out passages.
TERMS = 16_000
# The inverse strength of the penalty, and how much a positive label weighs: near what `compare_scorers.py` gives a plain
# scorer; not searched.
STRENGTH, POSITIVE_WEIGHT = 8.0, 4.0
# Its logits count as much as the mean of the encoders': of 0, 0.5, 1, 1.5, 2 and 3 the best on held-out paragraphs, and
# within three thousandths of it on held-out exemplars.
VOICE = 1.0
# A pair's key is (first piece + 1) × this + second piece; a piece alone is its own key, and one in a sentence that names
# a family −1 − piece.
PAIR = 1 << 16
ENDS = ".!?;"


class Terms:
    """What counts as a term, in a vocabulary of word pieces."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        pieces = {number: piece for piece, number in tokenizer.get_vocab().items()}
        self.family = {n for n, piece in pieces.items() if texts.FAMILY.fullmatch(piece)}
        self.ends = {n for n, piece in pieces.items() if piece in ENDS}

    def of(self, text):
        """The terms of a passage, and how often each is in it."""
        ids = self.tokenizer.encode(text).ids[1:-1]
        found = Counter([*ids, *((first + 1) * PAIR + second for first, second in zip(ids, ids[1:]))])
        start = 0
        for place in range(len(ids) + 1):
            if place == len(ids) or ids[place] in self.ends:
                sentence = set(ids[start:place])
                if sentence & self.family:
                    found.update(-1 - piece for piece in sentence)
                start = place + 1
        return found


@dataclass
class TermWeights:
    terms: Terms
    keys: np.ndarray  # in ascending order
    frequencies: np.ndarray  # inverse document frequencies
    weights: np.ndarray  # 8 bits: terms × concepts
    scale: np.ndarray
    bias: np.ndarray

    def logits(self, passages):
        index = {key: place for place, key in enumerate(self.keys.tolist())}
        return matrix([self.terms.of(passage.text) for passage in passages], index, self.frequencies) @ (self.weights * self.scale) + self.bias

    def tensors(self):
        numbers = lambda found: np.array(sorted(found), np.int32)
        return {
            "terms.family": numbers(self.terms.family), "terms.ends": numbers(self.terms.ends), "terms.keys": self.keys.astype(np.int32), "terms.frequencies": self.frequencies.astype(np.float32),
            "terms.weights": self.weights, "terms.scale": self.scale, "terms.bias": self.bias}


def matrix(passages, index, frequencies):
    rows, columns, values = [], [], []
    for row, terms in enumerate(passages):
        found = [(index[key], (1 + np.log(count)) * frequencies[index[key]])
                 for key, count in sorted(terms.items()) if key in index]
        length = sum(value * value for _, value in found) ** 0.5
        for column, value in found:
            rows.append(row)
            columns.append(column)
            values.append(value / length)
    return sparse.csr_matrix((values, (rows, columns)), (len(passages), len(index)), dtype=np.float32)


def regressions(x, labels, doubtful):
    """Weights (terms × concepts) and intercepts."""
    fitted = []
    for concept in range(labels.shape[1]):
        y = labels[:, concept]
        weight = np.where(y, POSITIVE_WEIGHT, np.where(doubtful[:, concept], 0.0, 1.0))
        fitted.append(LogisticRegression(C=STRENGTH, solver="liblinear", random_state=1).fit(x, y, sample_weight=weight))
    return np.stack([model.coef_[0] for model in fitted], 1), np.array([model.intercept_[0] for model in fitted])


def fit(passages, tokenizer, concepts):
    terms = Terms(tokenizer)
    found = [terms.of(passage.text) for passage in passages]
    documents = Counter(key for passage in found for key in passage)
    labels = np.array([[c in {label for label, _ in p.labels} for c in concepts] for p in passages])
    doubtful = np.array([[c in p.doubtful for c in concepts] for p in passages])

    def learned(keys):
        frequencies = np.array([np.log((1 + len(passages)) / (1 + documents[key])) + 1 for key in keys])
        x = matrix(found, {key: place for place, key in enumerate(keys)}, frequencies)
        return frequencies, x, *regressions(x, labels, doubtful)

    keys = sorted(key for key, count in documents.items() if count >= FEWEST)
    _, x, weights, _ = learned(keys)
    most = np.abs(weights).max(1) * x.max(0).toarray()[0]
    keys = sorted(keys[place] for place in np.argsort(-most, kind="stable")[:TERMS])
    frequencies, _, weights, bias = learned(keys)
    rows, scale = export.quantized(VOICE * weights.T)
    return TermWeights(
        terms, np.array(keys), frequencies.astype(np.float32), np.ascontiguousarray(rows.T), scale,
        (VOICE * bias).astype(np.float32))
