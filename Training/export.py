"""Writes a fine-tuned sentence encoder with its heads as the model file that Casebook reads.

The file is safetensors: linear layers and word embeddings as 8-bit rows with one scale each, all else as floats.
Tensors lie without gaps; those whose size is a multiple of 64 come first, so that each row of weights starts on a
cache line.
"""

import json
import struct

import numpy as np

FORMAT = "casebook-passage-model 1"
ALIGNMENT = 64
# What a passage may have in tokens, [CLS] and [SEP] included.
MAXIMUM_TOKENS = 256
TYPES = {np.dtype("int8"): "I8", np.dtype("uint8"): "U8", np.dtype("int32"): "I32", np.dtype("float32"): "F32"}


def quantized(weight):
    """Rows of a matrix in 8 bits, and the scale of each."""
    weight = np.asarray(weight, dtype=np.float32)
    scale = np.maximum(np.abs(weight).max(axis=1), 1e-9) / 127
    rows = np.clip(np.rint(weight / scale[:, None]), -127, 127).astype(np.int8)
    return rows, scale.astype(np.float32)


def encoder_tensors(state, prefix=""):
    """The tensors that an encoder has of its own, from a state dictionary of the training script (`e.n`, `e.L.N.…`,
    `h`, `u`, `w`); `prefix` before their names."""
    get = lambda name: state[name].detach().cpu().float().numpy()
    tensors = {}

    def put_rows(name, weight):
        tensors[f"{prefix}{name}.weight"], tensors[f"{prefix}{name}.scale"] = quantized(weight)

    tensors[prefix + "embeddings.norm.weight"] = get("e.n.weight")
    tensors[prefix + "embeddings.norm.bias"] = get("e.n.bias")
    layer = 0
    while f"e.L.{layer}.qkv.weight" in state:
        for ours, theirs in (("qkv", "qkv"), ("attention", "o"), ("intermediate", "i"), ("output", "u")):
            put_rows(f"layer.{layer}.{ours}", get(f"e.L.{layer}.{theirs}.weight"))
            tensors[f"{prefix}layer.{layer}.{ours}.bias"] = get(f"e.L.{layer}.{theirs}.bias")
        for ours, theirs in (("attention_norm", "n1"), ("output_norm", "n2")):
            tensors[f"{prefix}layer.{layer}.{ours}.weight"] = get(f"e.L.{layer}.{theirs}.weight")
            tensors[f"{prefix}layer.{layer}.{ours}.bias"] = get(f"e.L.{layer}.{theirs}.bias")
        layer += 1
    tensors[prefix + "head.weight"], tensors[prefix + "head.bias"] = get("h.weight"), get("h.bias")
    if "u.weight" in state:
        for ours, theirs in (
            ("attention.query", "u.weight"), ("attention.query.bias", "u.bias"), ("attention.value", "w.weight"),
        ):
            tensors[prefix + ours] = get(theirs)
    return tensors, layer


def write(path, tensors, metadata):
    """Writes tensors (numpy arrays) and metadata (strings) as safetensors."""
    tensors = {name: np.ascontiguousarray(value) for name, value in tensors.items()}
    # No gaps are allowed between tensors: whole cache lines first, then floats, then bytes.
    order = sorted(tensors, key=lambda n: (tensors[n].nbytes % ALIGNMENT != 0, tensors[n].itemsize != 4, n))
    header, offset = {"__metadata__": metadata}, 0
    for name in order:
        value = tensors[name]
        header[name] = {
            "dtype": TYPES[value.dtype], "shape": list(value.shape), "data_offsets": [offset, offset + value.nbytes]
        }
        offset += value.nbytes
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 8) % ALIGNMENT)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name in order:
            file.write(tensors[name].tobytes())


def export(
    states, path, *, concepts, vocabulary, heads=12, pooling="mean max", positions=MAXIMUM_TOKENS,
    source="", trained="", thresholds=None, calibration=None, exemplars=None, stacking=None,
):
    """Writes a model file.

    `states`: a state dictionary for each encoder; their word vectors are the same, and their logits are averaged.
    `vocabulary`: the word pieces, by id. `thresholds`: {concept: score}; `calibration`: {concept: [slope, intercept]}
    on the logit. `exemplars`: (unit vectors n × width, lines). `stacking`: `StackedLogits`, which
    correct the mean of the encoders' logits.
    """
    found, layers = {}, 0
    for number, state in enumerate(states):
        own, layers = encoder_tensors(state, f"member.{number}." if number else "")
        found.update(own)
        assert state["h.weight"].shape[0] == len(concepts)
    # Not trained, so the same in all of them.
    words, places, kinds = (states[0][f"e.{name}.weight"].detach().cpu().float().numpy() for name in "wpt")
    found["embeddings.word.weight"], found["embeddings.word.scale"] = quantized(words)
    found["embeddings.position.weight"] = places[:positions] + kinds[0]
    found["vocabulary"] = np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8)
    if exemplars is not None:
        vectors, lines = exemplars
        vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        found["exemplar.vectors"] = np.rint(vectors * 127).astype(np.int8)
        found["exemplar.passages"] = np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)
    if stacking is not None:
        found.update(stacking.tensors())
    metadata = {
        "format": FORMAT, "concepts": " ".join(concepts), "lowercase": "true", "layers": str(layers),
        "members": str(len(states)), "heads": str(heads), "maximum_tokens": str(positions), "pooling": pooling,
        "source": source, "trained": trained, "thresholds": json.dumps(thresholds or {}), "calibration": json.dumps(calibration or {}),
    }
    write(path, found, metadata)


def exemplar_vectors(scorer, passages, batches):
    """Mean states of passages, and a line each: its place, and the concepts that it shows, separated by a tab."""
    import torch

    vectors, lines = [], []
    scorer.eval()
    with torch.no_grad():
        for batch in batches(passages):
            states = scorer.e(batch.ids, batch.mask)
            inside = batch.mask[..., None]
            vectors.append(((states * inside).sum(1) / inside.sum(1)).numpy())
    for passage in passages:
        shown = sorted({concept for concept, _ in passage.labels})
        lines.append(f"{passage.document}#{passage.id}\t{' '.join(shown)}")
    return np.concatenate(vectors), lines
