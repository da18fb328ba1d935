"""A linear model of the word pieces of a passage and of pairs of neighbours: what its words alone say.

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

# A term of two passages says more about them than about concepts.
FEWEST = 3
# The terms with the largest weights; with all 115 000 the held-out passages score no better.
TERMS = 16_000
# The inverse strength of the penalty, and how much a positive label weighs: of a few tried, the best on held-out exemplars.
STRENGTH, POSITIVE_WEIGHT = 8.0, 4.0
# Its logits count as much as the mean of the encoders': the best of 0, 0.5, 1, 2 on held-out passages.
VOICE = 1.0
# A pair's key is (first piece + 1) × this + second piece; a piece alone is its own key.
PAIR = 1 << 16


def counts(ids):
    """Terms of a passage, from its pieces without [CLS] and [SEP]."""
    return Counter([*ids, *((first + 1) * PAIR + second for first, second in zip(ids, ids[1:]))])


@dataclass
class TermWeights:
    keys: np.ndarray  # in ascending order
    frequencies: np.ndarray  # inverse document frequencies
    weights: np.ndarray  # 8 bits: terms × concepts
    scale: np.ndarray
    bias: np.ndarray

    def logits(self, passages, tokenizer):
        index = {key: place for place, key in enumerate(self.keys.tolist())}
        terms = [counts(tokenizer.encode(passage.text).ids[1:-1]) for passage in passages]
        return matrix(terms, index, self.frequencies) @ (self.weights * self.scale) + self.bias

    def tensors(self):
        return {
            "terms.keys": self.keys.astype(np.int32), "terms.frequencies": self.frequencies.astype(np.float32),
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
    terms = [counts(tokenizer.encode(passage.text).ids[1:-1]) for passage in passages]
    documents = Counter(key for found in terms for key in found)
    labels = np.array([[c in {label for label, _ in p.labels} for c in concepts] for p in passages])
    doubtful = np.array([[c in p.doubtful for c in concepts] for p in passages])

    def learned(keys):
        frequencies = np.array([np.log((1 + len(passages)) / (1 + documents[key])) + 1 for key in keys])
        x = matrix(terms, {key: place for place, key in enumerate(keys)}, frequencies)
        return frequencies, x, *regressions(x, labels, doubtful)

    keys = sorted(key for key, count in documents.items() if count >= FEWEST)
    _, x, weights, _ = learned(keys)
    most = np.abs(weights).max(1) * x.max(0).toarray()[0]
    keys = sorted(keys[place] for place in np.argsort(-most, kind="stable")[:TERMS])
    frequencies, _, weights, bias = learned(keys)
    rows, scale = export.quantized(VOICE * weights.T)
    return TermWeights(
        np.array(keys), frequencies.astype(np.float32), np.ascontiguousarray(rows.T), scale,
        (VOICE * bias).astype(np.float32))
