"""Fine-tunes the sentence encoder on the exemplars and the read paragraphs of novels, and writes the model file.

    make model NOVELS=path/to/ELTeC-eng

What is held out in the files trains nothing: scores are calibrated and thresholds chosen on it. A seed fixes the
order of passages and all random choices; sums in another order on another machine still move the last digits. Each
seed gives one encoder; the model averages their logits and corrects each concept's by what was said of all.
"""

import argparse
import functools
import hashlib
import math
import multiprocessing
import os
import random
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from tokenizers import Tokenizer

import augment
import calibrate
import encoder
import export
import stacking
import texts
import vocabulary

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ROOT / "Training/Novels"
BATCH = 32
# Lengths are filled up to a multiple: the products of matrices are prepared once a shape.
SHAPE = 16
# The share of tokens inside labelled words is small: they weigh three times.
WORD_WEIGHT, WORD_LOSS = 3.0, 1.8
# A positive label weighs √(negatives / positives), at most six times: full weight would flood the scores.
POSITIVE_WEIGHT_LIMIT = 6.0
# Most paragraphs of novels that were read show nothing: each epoch sees another third of those.
EMPTY_SHARE = 0.33
# And so many that name no family at all: without them a purse or a letter could shout.
STRANGERS = 3000
# Averaged weights follow the last few hundred steps.
AVERAGE = 0.995


class Batch:
    def __init__(self, passages, tokenizer, number):
        encodings = [tokenizer.encode(passage.text) for passage in passages]
        longest = max(len(encoding.ids) for encoding in encodings)
        tokens = -(-longest // SHAPE) * SHAPE
        shape = (len(passages), tokens)
        self.ids = torch.zeros(shape, dtype=torch.long)
        self.mask = torch.zeros(shape, dtype=torch.bool)
        self.labels = torch.zeros(len(passages), len(number))
        self.counted = torch.ones(len(passages), len(number))
        self.words = torch.zeros(*shape, len(number))
        self.words_counted = torch.ones(len(passages), 1, len(number))
        for row, (passage, encoding) in enumerate(zip(passages, encodings)):
            self.ids[row, : len(encoding.ids)] = torch.tensor(encoding.ids)
            self.mask[row, : len(encoding.ids)] = True
            for concept in passage.doubtful:
                self.counted[row, number[concept]] = 0
                self.words_counted[row, 0, number[concept]] = 0
            for concept, quote in passage.labels:
                self.labels[row, number[concept]] = 1
                self.counted[row, number[concept]] = 1
                start = passage.text.find(quote) if quote else -1
                if start < 0:
                    self.words_counted[row, 0, number[concept]] = 0
                    continue
                for token, (first, last) in enumerate(encoding.offsets):
                    if last > first and first < start + len(quote) and last > start:
                        self.words[row, token, number[concept]] = 1


def loss_of(scorer, batch, positive_weight):
    with torch.autocast("cpu", torch.bfloat16):
        logits, tokens = scorer(batch.ids, batch.mask)
    loss = functional.binary_cross_entropy_with_logits(
        logits.float(), batch.labels, pos_weight=positive_weight, reduction="none")
    loss = (loss * batch.counted).sum() / batch.counted.sum()
    words = functional.binary_cross_entropy_with_logits(
        tokens.float(), batch.words, pos_weight=torch.tensor(WORD_WEIGHT), reduction="none")
    counted = batch.words_counted * batch.mask[..., None]
    return loss + WORD_LOSS * (words * counted).sum() / batch.mask.sum() / batch.labels.shape[1]


def in_order(passages, tokenizer, number):
    for start in range(0, len(passages), BATCH):
        yield Batch(passages[start:start + BATCH], tokenizer, number)


def logits_of(scorer, passages, tokenizer, number):
    scorer.eval()
    found = np.zeros((len(passages), len(number)), np.float32)
    order = sorted(range(len(passages)), key=lambda index: len(passages[index].text))
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            rows = order[start:start + BATCH]
            batch = Batch([passages[row] for row in rows], tokenizer, number)
            found[rows] = scorer(batch.ids, batch.mask)[0].numpy()
    return found


def train(passages, strangers, pieces, concepts, weights, kept, epochs, rate, threads, states, seed):
    """The weights of one encoder; those that an earlier run on the same passages left in the folder `states` are taken
    as they are."""
    learned = [(p.text, p.labels, sorted(p.doubtful)) for p in [*passages, *strangers]]
    digest = hashlib.sha256(repr((learned, kept, concepts, epochs, rate)).encode()).hexdigest()[:16]
    done = Path(states, f"{digest}-seed-{seed}.pt") if states else None
    if done and done.exists():
        return torch.load(done)
    torch.set_num_threads(threads)
    random.seed(seed)
    torch.manual_seed(seed)
    tokenizer = vocabulary.cut(pieces, export.MAXIMUM_TOKENS)
    number = {concept: index for index, concept in enumerate(concepts)}
    scorer = encoder.Scorer(len(concepts), len(kept))
    encoder.load_weights(scorer, weights, kept)
    positives = torch.zeros(len(concepts))
    for passage in passages:
        for concept in {concept for concept, _ in passage.labels}:
            positives[number[concept]] += 1
    positives.clamp_(min=1)
    positive_weight = ((len(passages) - positives) / positives).sqrt().clamp(max=POSITIVE_WEIGHT_LIMIT)
    with torch.no_grad():
        scorer.h.bias.copy_((positives / len(passages)).log())
    # Words that no passage has must keep their sense: the vectors of words and places stay as they are.
    for table in (scorer.e.w, scorer.e.p, scorer.e.t):
        table.weight.requires_grad = False
    heads = [*scorer.h.parameters(), *scorer.u.parameters(), *scorer.w.parameters()]
    body = [p for p in scorer.e.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": heads, "lr": 2e-3}], weight_decay=0.01, fused=True)
    empty = [p for p in passages if p.novel and not p.labels and not p.doubtful]
    others = [p for p in passages if not p.novel or p.labels or p.doubtful]
    drawn = int(EMPTY_SHARE * len(empty))
    far = min(STRANGERS, len(strangers))
    steps = epochs * math.ceil((len(others) + drawn + far) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps))
    neighbours = [p.text for p in empty]
    averaged = {name: value.detach().clone() for name, value in scorer.named_parameters()}
    for epoch in range(epochs):
        scorer.train()
        start, total = time.time(), 0.0
        current = others + random.sample(empty, drawn) + random.sample(strangers, far)
        current = [augment.augmented(passage, neighbours, random) for passage in current]
        random.shuffle(current)
        chunks = []
        for first in range(0, len(current), BATCH * 8):  # alike in length within a batch, not across the epoch
            near = sorted(current[first:first + BATCH * 8], key=lambda passage: len(passage.text))
            chunks += [near[k:k + BATCH] for k in range(0, len(near), BATCH)]
        random.shuffle(chunks)
        for chunk in chunks:
            loss = loss_of(scorer, Batch(chunk, tokenizer, number), positive_weight)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(scorer.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            with torch.no_grad():
                for name, value in scorer.named_parameters():
                    if value.requires_grad:
                        averaged[name].lerp_(value, 1 - AVERAGE)
        print(f"seed {seed}, epoch {epoch + 1}: loss {total / len(chunks):.4f}, {time.time() - start:.0f} s", flush=True)
    if done:
        done.parent.mkdir(parents=True, exist_ok=True)
        torch.save(averaged, done)
    return averaged


def restored(state, concepts, words):
    scorer = encoder.Scorer(len(concepts), words)
    scorer.load_state_dict(state)
    return scorer


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", required=True, help="folder of all-MiniLM-L6-v2: model.safetensors, tokenizer.json")
    parser.add_argument("--novels", help="folder with the TEI files of the novels; without it only exemplars train")
    parser.add_argument("--output", default="passages.safetensors")
    parser.add_argument("--states", help="folder that keeps each seed's weights, so that a run that was stopped goes on")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    arguments = parser.parse_args()

    concepts = texts.concepts_of(ROOT / "Schemas/bonding.xml")
    passages = texts.exemplars(ROOT / "Corpus/Exemplars")
    if arguments.novels:
        passages += texts.novels(LAYERS, arguments.novels)
    whole = Tokenizer.from_file(str(Path(arguments.weights) / "tokenizer.json"))
    kept = vocabulary.kept(
        whole, [p.text for p in passages if not p.novel],
        vocabulary.paragraphs(LAYERS, arguments.novels) if arguments.novels else [])
    pieces = [whole.id_to_token(number) for number in kept]
    tokenizer = vocabulary.cut(pieces, export.MAXIMUM_TOKENS)
    strangers = texts.strangers(LAYERS, arguments.novels) if arguments.novels else []
    training = [passage for passage in passages if not passage.held_out]
    held_out = [passage for passage in passages if passage.held_out]
    print(f"{len(training)} passages train, {len(held_out)} are held out; {len(pieces)} word pieces")
    # Beside each other: two threads each are faster than four after one another.
    threads = max(1, (os.cpu_count() or 1) // len(arguments.seeds))
    with ProcessPoolExecutor(len(arguments.seeds), multiprocessing.get_context("spawn")) as processes:
        states = processes.map(
            functools.partial(train, training, strangers, pieces, concepts, arguments.weights, kept, arguments.epochs,
                              arguments.rate, threads, arguments.states),
            arguments.seeds)
        scorers = [restored(state, concepts, len(kept)) for state in states]
    write(arguments.output, scorers, training, held_out, tokenizer, pieces, concepts,
          f"{len(training)} passages, {arguments.epochs} epochs, seeds {' '.join(map(str, arguments.seeds))}")


def write(path, scorers, training, held_out, tokenizer, pieces, concepts, trained):
    """Calibrates what the scorers say together and writes the model file."""
    number = {concept: index for index, concept in enumerate(concepts)}
    logits = sum(logits_of(scorer, held_out, tokenizer, number) for scorer in scorers) / len(scorers)
    fitted = calibrate.fit(held_out, stacking.left_out(held_out, logits, concepts), concepts)
    print(fitted.report())
    # Neighbours are shown beside a suggestion: of exemplars without a concept every fourth will do.
    exemplars = [p for index, p in enumerate(training) if not p.novel and (p.labels or index % 4 == 0)]
    export.export(
        [scorer.state_dict() for scorer in scorers], path, concepts=concepts, vocabulary=pieces,
        source="all-MiniLM-L6-v2 (Apache-2.0)", trained=trained,
        thresholds=fitted.thresholds, calibration=fitted.calibration,
        stacking=stacking.fit(held_out, logits, concepts),
        exemplars=export.exemplar_vectors(scorers[0], exemplars, lambda all: in_order(all, tokenizer, number)))


if __name__ == "__main__":
    main()
