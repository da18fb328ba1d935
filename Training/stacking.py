"""A second level above the scorers: each concept's logit, corrected by what was said of all concepts (stacking: Wolpert
1992; between the labels of one text Godbole & Sarawagi 2004).

What a scorer says of passages that it learned from is too sure to tell how its logits belong together. So the correction
is fitted on the held-out passages, linear and pulled towards none; what is reported, and what scores are calibrated on,
comes from fits that left out the passage's novel (of exemplars, which stand alone, the passage).
"""

import hashlib
from dataclasses import dataclass

import numpy as np
from scipy import optimize

import calibrate

# The penalty on a correction, in standard deviations of the logits. 150, 500 and 1 500 do alike on held-out paragraphs and
# exemplars (within two thousandths): the middle one.
PENALTY = 500.0
FOLDS = 5
STEPS = 60


@dataclass
class StackedLogits:
    weights: np.ndarray  # the corrected concept × the concept that corrects it
    bias: np.ndarray

    def logits(self, logits):
        return logits + logits @ self.weights.T + self.bias

    def tensors(self):
        return {"stacking.weight": self.weights.astype(np.float32), "stacking.bias": self.bias.astype(np.float32)}


def fit(passages, logits, concepts):
    """The correction that makes the labels likeliest, above a calibration of novels and one of exemplars."""
    labels, counted = calibrate.table(passages, concepts)
    novel = np.array([passage.novel for passage in passages])
    odds, slope = np.zeros(logits.shape), 1.0
    for rows in (~novel, novel):
        if rows.any():
            slope, intercepts = calibrate.platt(logits[rows], labels[rows], counted[rows])
            odds[rows] = slope * logits[rows] + intercepts
    middle, spread = logits.mean(0), logits.std(0)
    x = np.hstack([(logits - middle) / spread, np.ones((len(logits), 1))])
    fitted = np.stack([correction(x[rows], odds[rows, concept], labels[rows, concept])
                       for concept, rows in enumerate(counted.T)])
    # From log odds back to logits.
    weights = fitted[:, :-1] / spread / slope
    return StackedLogits(weights, fitted[:, -1] / slope - weights @ middle)


def correction(x, odds, labels):
    def loss(weights):
        z = odds + x @ weights
        value = (np.logaddexp(0, z) - labels * z).sum() + 0.5 * PENALTY * (weights @ weights)
        return value, x.T @ (calibrate.logistic(z) - labels) + PENALTY * weights

    found = optimize.minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return found.x


def left_out(passages, logits, concepts):
    """Corrected logits, each by a fit that did not see the passage."""
    keys = [passage.document if passage.novel else passage.document + passage.id for passage in passages]
    fold = np.array([hashlib.sha256(key.encode()).digest()[0] % FOLDS for key in keys])
    found = np.empty(logits.shape)
    for number in range(FOLDS):
        others = [passage for passage, own in zip(passages, fold) if own != number]
        found[fold == number] = fit(others, logits[fold != number], concepts).logits(logits[fold == number])
    return found
