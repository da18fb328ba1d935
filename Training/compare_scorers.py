"""Plainer scorers on the same passages, for the table in Documentation/suggestions.md.

    .build/training/bin/python Training/compare_scorers.py --weights FOLDER --novels FOLDER --gold passages.jsonl [--gold …]

Logistic regression, one a concept, on: word and word-pair TF-IDF; the mean of the encoder's word vectors (static);
the mean state of the encoder as it comes (frozen). The threshold is chosen on the held-out exemplars, as that of the
fine-tuned encoder.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer

import calibrate
import encoder
import export
import texts
import train_encoder

ROOT = Path(__file__).resolve().parent.parent


def gold(path):
    found = []
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        labels = [(concept, "") for concept in row["labels"]]
        doubtful = set(row.get("either", [])) - set(row["labels"])
        found.append(texts.Passage("gold", row["id"], row["text"], labels, doubtful=doubtful))
    return found


def means(passages, tokenizer, number, states):
    rows = np.zeros((len(passages), encoder.HIDDEN), np.float32)
    order = sorted(range(len(passages)), key=lambda index: len(passages[index].text))
    with torch.no_grad():
        for start in range(0, len(order), 64):
            part = order[start:start + 64]
            batch = train_encoder.Batch([passages[index] for index in part], tokenizer, number)
            inside = batch.mask[..., None]
            with torch.autocast("cpu", torch.bfloat16):
                x = states(batch)
            mean = (x.float() * inside).sum(1) / inside.sum(1)
            rows[part] = torch.nn.functional.normalize(mean, dim=1).numpy()
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--novels")
    parser.add_argument("--gold", action="append", default=[])
    arguments = parser.parse_args()
    concepts = texts.concepts_of(ROOT / "Schemas/bonding.xml")
    number = {concept: index for index, concept in enumerate(concepts)}
    tokenizer = Tokenizer.from_file(str(Path(arguments.weights) / "tokenizer.json"))
    tokenizer.enable_truncation(export.MAXIMUM_TOKENS)
    tokenizer.no_padding()
    passages = texts.exemplars(ROOT / "Corpus/Exemplars")
    if arguments.novels:
        passages += texts.novels(ROOT / "Training/Novels", arguments.novels)
    training = [passage for passage in passages if not passage.held_out]
    sets = [[p for p in passages if p.held_out and not p.novel]] + [gold(path) for path in arguments.gold]
    every = list(range(tokenizer.get_vocab_size()))
    scorer = encoder.Scorer(len(concepts), len(every))
    encoder.load_weights(scorer, arguments.weights, every)
    scorer.eval()
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    words.fit([passage.text for passage in training])
    features = {
        "TF-IDF of words and pairs": lambda all: words.transform([passage.text for passage in all]),
        "static word vectors": lambda all: means(all, tokenizer, number, lambda batch: scorer.e.w(batch.ids)),
        "frozen encoder": lambda all: means(all, tokenizer, number, lambda batch: scorer.e(batch.ids, batch.mask)),
    }
    labels, _ = calibrate.table(training, concepts)
    names = ["held-out exemplars"] + [Path(path).stem for path in arguments.gold]
    print("| scorer | " + " | ".join(f"{name}: micro F1, macro F1, best F1" for name in names) + " |")
    for name, make in features.items():
        start = time.time()
        x = make(training)
        models = [
            LogisticRegression(C=10, class_weight={0: 1, 1: 4}, max_iter=300).fit(x, labels[:, index])
            for index in range(len(concepts))
        ]
        cells, limit = [], None
        for one in sets:
            z = np.stack([model.decision_function(make(one)) for model in models], 1)
            y, counted = calibrate.table(one, concepts)
            own, best = calibrate.best_threshold(z, y, counted)
            limit = own if limit is None else limit
            micro, macro = calibrate.f1_of(z >= limit, y, counted)
            cells.append(f"{micro:.3f}, {macro:.3f}, {best:.3f}")
        print(f"| {name} | " + " | ".join(cells) + f" | fitted in {time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
