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
TYPES = {np.dtype("int8"): "I8", np.dtype("uint8"): "U8", np.dtype("float32"): "F32"}


def quantized(weight):
    """Rows of a matrix in 8 bits, and the scale of each."""
    weight = np.asarray(weight, dtype=np.float32)
    scale = np.maximum(np.abs(weight).max(axis=1), 1e-9) / 127
    rows = np.clip(np.rint(weight / scale[:, None]), -127, 127).astype(np.int8)
    return rows, scale.astype(np.float32)


def encoder_tensors(state, keep=None, positions=MAXIMUM_TOKENS):
    """The encoder's tensors from a state dictionary of the training script (`e.w`, `e.p`, `e.t`, `e.n`, `e.L.N.…`).

    `keep` has the ids of the word pieces that stay, in their new order.
    """
    get = lambda name: state[name].detach().cpu().float().numpy()
    words = get("e.w.weight")
    if keep is not None:
        words = words[np.asarray(keep)]
    tensors = {}

    def put_rows(name, weight):
        tensors[name + ".weight"], tensors[name + ".scale"] = quantized(weight)

    put_rows("embeddings.word", words)
    tensors["embeddings.position.weight"] = get("e.p.weight")[:positions] + get("e.t.weight")[0]
    tensors["embeddings.norm.weight"] = get("e.n.weight")
    tensors["embeddings.norm.bias"] = get("e.n.bias")
    layer = 0
    while f"e.L.{layer}.qkv.weight" in state:
        for ours, theirs in (("qkv", "qkv"), ("attention", "o"), ("intermediate", "i"), ("output", "u")):
            put_rows(f"layer.{layer}.{ours}", get(f"e.L.{layer}.{theirs}.weight"))
            tensors[f"layer.{layer}.{ours}.bias"] = get(f"e.L.{layer}.{theirs}.bias")
        for ours, theirs in (("attention_norm", "n1"), ("output_norm", "n2")):
            tensors[f"layer.{layer}.{ours}.weight"] = get(f"e.L.{layer}.{theirs}.weight")
            tensors[f"layer.{layer}.{ours}.bias"] = get(f"e.L.{layer}.{theirs}.bias")
        layer += 1
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
    state, path, *, concepts, vocabulary, keep=None, heads=12, pooling="mean max", positions=MAXIMUM_TOKENS,
    source="", trained="", thresholds=None, calibration=None, combination=None, exemplars=None, extra=None,
    tensors=None,
):
    """Writes a model file.

    `vocabulary`: all word pieces, by id; `keep`: the ids that stay (special pieces [UNK], [CLS], [SEP] among them).
    `thresholds`: {concept: score}; `calibration`: {concept: [slope, intercept]} on the raw logit; `combination`: see
    the reader. `exemplars`: (unit vectors n × width, lines). `extra`, `tensors`: more metadata, more tensors.
    """
    pieces = vocabulary if keep is None else [vocabulary[i] for i in keep]
    found, layers = encoder_tensors(state, keep, positions)
    found["head.weight"] = state["h.weight"].detach().cpu().float().numpy()
    found["head.bias"] = state["h.bias"].detach().cpu().float().numpy()
    if "u.weight" in state:
        for ours, theirs in (
            ("attention.query", "u.weight"), ("attention.query.bias", "u.bias"), ("attention.value", "w.weight"),
        ):
            found[ours] = state[theirs].detach().cpu().float().numpy()
    assert found["head.weight"].shape[0] == len(concepts)
    found["vocabulary"] = np.frombuffer("\n".join(pieces).encode(), dtype=np.uint8)
    if exemplars is not None:
        vectors, lines = exemplars
        vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        found["exemplar.vectors"] = np.rint(vectors * 127).astype(np.int8)
        found["exemplar.passages"] = np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)
    found.update(tensors or {})
    metadata = {
        "format": FORMAT, "concepts": " ".join(concepts), "lowercase": "true", "layers": str(layers),
        "heads": str(heads), "maximum_tokens": str(positions), "pooling": pooling, "source": source,
        "trained": trained, "thresholds": json.dumps(thresholds or {}), "calibration": json.dumps(calibration or {}),
    }
    if combination is not None:
        metadata["combination"] = json.dumps(combination)
    metadata.update(extra or {})
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


def state_of(weights):
    """A state dictionary as the training script has it, of all-MiniLM-L6-v2's own weights."""
    import torch

    state = {
        "e.w.weight": weights["embeddings.word_embeddings.weight"],
        "e.p.weight": weights["embeddings.position_embeddings.weight"],
        "e.t.weight": weights["embeddings.token_type_embeddings.weight"],
        "e.n.weight": weights["embeddings.LayerNorm.weight"],
        "e.n.bias": weights["embeddings.LayerNorm.bias"],
    }
    for n in range(6):
        layer = f"encoder.layer.{n}."
        attention = layer + "attention.self."
        for kind in ("weight", "bias"):
            state[f"e.L.{n}.qkv.{kind}"] = torch.cat(
                [weights[f"{attention}{part}.{kind}"] for part in ("query", "key", "value")])
            for ours, theirs in (
                ("o", "attention.output.dense"), ("n1", "attention.output.LayerNorm"), ("i", "intermediate.dense"),
                ("u", "output.dense"), ("n2", "output.LayerNorm"),
            ):
                state[f"e.L.{n}.{ours}.{kind}"] = weights[f"{layer}{theirs}.{kind}"]
    return state

