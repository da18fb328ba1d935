"""Makes the small models and the reference figures in Tests/PassageScoringTests/Fixtures (needs torch, tokenizers).

`tiny.safetensors` has two encoders of random weights, for comparing numbers and tokens with PyTorch and Hugging Face's tokenizers.
`stacked.safetensors` is the same with random corrections of the logits, which `stacked.json` has as well.
`marked.safetensors` is made by hand: each of a few words raises the logit of one concept, so that tests know what a
passage must score.

    python3 Training/model_fixtures.py VOCABULARY   (vocab.txt of all-MiniLM-L6-v2)
"""

import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F

import stacking
import vocabulary as wordpieces
from export import export


FIXTURES = pathlib.Path(__file__).parent.parent / "Tests/PassageScoringTests/Fixtures"
HIDDEN, HEADS, INTERMEDIATE, POSITIONS = 64, 4, 128, 64

WORDS = """the a an and or but not no is was were be been had has have he she it they him her his their them i you we me my
your our mother father child children baby son daughter girl boy nurse mamma papa held her close cold angry tired love
would could look at away from turned face hand eyes night day sleep cry cried cries wept said asked told in on of to
with for by so that this there then when what who how why all one two up down out into over again never always little
old man woman house room door bed cradle milk fed feed sang song read book story walk walked went came come go did do
does done don t s ll re ve d m as if than more most only just like dear good bad long time her himself herself
##ing ##ed ##er ##ly ##s ##es ##n ##t ##d ##e ##y ##able ##ful ##less ##ness ##ment ##tion ##al re un dis cafe naive
doctor wife husband years old born afraid sad happy 日 本 語 中 ß æ""".split()

TEXTS = [
    "", " ", "She held her baby.", "He would not look at the child; he turned his face away.",
    "“I can’t,” she said — “not again.”", "Café naïve résumé Ångström", "Cafe\u0301 nai\u0308ve",
    "日本語 in the room", "The baby 👶🏽 cried 😀", "tab\tand\nnew line\r\nand\u00a0no-break\u2003space",
    "nul\u0000 bell\u0007 zero\u200bwidth soft\u00adhyphen bom\ufeff", "don't we'll they've I'd I'm it's",
    "un-look-able re-fed--and...so?!", "a" * 100, "a" * 101, "mother" * 30, "$5 + 3 = 8 ~ `x` ^ _y_ |z| <a> © ® ™ § ¶",
    "½ ² Ⅷ ٣ ७", "ﬁre ﬂood ſo ﬆill", "Straße ÆON æon Œuvre œuvre", "ΣΊΣΥΦΟΣ Σίσυφος", "İstanbul ısı",
    "𝒽𝑒𝓁𝒹 her", "«non» ‹oui› „nein“ ‚ja‘ … ‥ ‐ ‑ ‒ – — ―", "한국어 할머니 हिन्दी ไทย العربية עברית",
    "x\u0301\u0302\u0303y \u0301 z", "mother father child " * 40, "\ufffdold\ufffd man", "豈更 ㍿ 々〆", "; ` Å Ω K",
    "She cried all night. The nurse held the baby; the baby looked away! No one came.", "Mother and child",
]


def small_vocabulary(whole):
    """Special pieces, all Latin, Greek and quotation characters of the whole vocabulary with their `##` forms, and some words."""
    wanted = lambda c: ord(c) < 0x250 or 0x370 <= ord(c) < 0x400 or 0x2010 <= ord(c) < 0x2040
    single = [p for p in whole if len(p.removeprefix("##")) == 1 and wanted(p[-1])]
    known = set(whole)
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + single + [w for w in WORDS if w in known]
    return list(dict.fromkeys(pieces))


def random_state(vocabulary, concepts, seed):
    g = torch.Generator().manual_seed(seed)
    r = lambda *shape, scale=1.0: torch.randn(*shape, generator=g) * scale
    h, i = HIDDEN, INTERMEDIATE
    state = {
        "e.w.weight": r(len(vocabulary), h), "e.p.weight": r(POSITIONS, h, scale=0.3), "e.t.weight": r(2, h, scale=0.1),
        "e.n.weight": 1 + r(h, scale=0.1), "e.n.bias": r(h, scale=0.1),
        "h.weight": r(len(concepts), 2 * h, scale=0.3), "h.bias": r(len(concepts)) - 1,
    }
    for name, out, inputs in (("qkv", 3 * h, h), ("o", h, h), ("i", i, h), ("u", h, i)):
        state[f"e.L.0.{name}.weight"] = r(out, inputs, scale=inputs**-0.5 * 1.5)
        state[f"e.L.0.{name}.bias"] = r(out, scale=0.1)
    for name in ("n1", "n2"):
        state[f"e.L.0.{name}.weight"] = 1 + r(h, scale=0.1)
        state[f"e.L.0.{name}.bias"] = r(h, scale=0.1)
    state["u.weight"], state["u.bias"] = r(len(concepts), h, scale=0.5), r(len(concepts))
    state["w.weight"] = r(len(concepts), h, scale=0.3)
    return state


def states_of(state, ids):
    """Hidden states of one text, in floats throughout."""
    h = HIDDEN
    norm = lambda x, n: F.layer_norm(x, (h,), state[n + ".weight"], state[n + ".bias"], 1e-12)
    linear = lambda x, n: F.linear(x, state[n + ".weight"], state[n + ".bias"])
    x = norm(state["e.w.weight"][ids] + state["e.p.weight"][: len(ids)] + state["e.t.weight"][0], "e.n")
    q, k, v = linear(x, "e.L.0.qkv").view(len(ids), 3, HEADS, h // HEADS).permute(1, 2, 0, 3)
    y = F.scaled_dot_product_attention(q, k, v).permute(1, 0, 2).reshape(len(ids), h)
    x = norm(x + linear(y, "e.L.0.o"), "e.L.0.n1")
    return norm(x + linear(F.gelu(linear(x, "e.L.0.i")), "e.L.0.u"), "e.L.0.n2")


def output_of(state, ids):
    """Logits and mean state of one text."""
    states = states_of(state, ids)
    pooled = torch.cat([states.mean(0), states.max(0).values])
    attention = F.linear(states, state["u.weight"], state["u.bias"]).softmax(0)
    logits = F.linear(pooled, state["h.weight"], state["h.bias"])
    return logits + (attention * F.linear(states, state["w.weight"])).sum(0), pooled[:HIDDEN]


MARKS = {"impaired-bonding": ["cold", "away"], "responsive-care": ["held", "sang"], "parental-anger": ["angry"]}


def marked_state(vocabulary, positions):
    """Layers that change nothing: a marked word's own component survives to the maximum over the tokens."""
    h, i = HIDDEN, INTERMEDIATE
    words = torch.full((len(vocabulary), h), 0.0)
    g = torch.Generator().manual_seed(7)
    words += torch.randn(len(vocabulary), h, generator=g) * 0.1
    for number, marks in enumerate(MARKS.values()):
        words[:, number] = 0
        for word in marks:
            words[vocabulary.index(word), number] = 2
    head = torch.zeros(len(MARKS), 2 * h)
    for number in range(len(MARKS)):
        head[number, h + number] = 1.2
    state = {
        "e.w.weight": words, "e.p.weight": torch.zeros(positions, h), "e.t.weight": torch.zeros(2, h),
        "h.weight": head, "h.bias": torch.full((len(MARKS),), -4.0),
    }
    for name, out, inputs in (("qkv", 3 * h, h), ("o", h, h), ("i", i, h), ("u", h, i)):
        state[f"e.L.0.{name}.weight"] = torch.zeros(out, inputs)
        state[f"e.L.0.{name}.bias"] = torch.zeros(out)
    for name in ("e.n", "e.L.0.n1", "e.L.0.n2"):
        state[name + ".weight"] = torch.ones(h)
        state[name + ".bias"] = torch.zeros(h)
    return state


def main():
    whole = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").split("\n")
    vocabulary = small_vocabulary(whole)
    concepts = list(MARKS)
    common = dict(concepts=concepts, vocabulary=vocabulary, heads=HEADS, positions=POSITIONS)
    FIXTURES.mkdir(parents=True, exist_ok=True)

    members = [random_state(vocabulary, concepts, seed) for seed in (7, 8)]
    for name in ("e.w.weight", "e.p.weight", "e.t.weight"):
        members[1][name] = members[0][name]
    export(members, FIXTURES / "tiny.safetensors", source="random", trained="never", thresholds={
        "impaired-bonding": 0.4}, calibration={"impaired-bonding": [2.0, 0.5]}, **common)
    cut = wordpieces.cut(vocabulary, POSITIONS)
    with open(FIXTURES / "tiny.jsonl", "w", encoding="utf-8") as file:
        for text in TEXTS:
            encoded = cut.encode(text)
            logits, means = zip(*(output_of(state, torch.tensor(encoded.ids)) for state in members))
            line = dict(text=text, pieces=encoded.tokens, logits=[round(float(z), 4) for z in sum(logits) / len(members)],
                        mean=[round(float(x), 4) for x in means[0]])
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    random = np.random.default_rng(11)
    stacked = stacking.StackedLogits(
        random.normal(0, 0.3, (len(concepts), len(concepts))), random.normal(0, 1, len(concepts)))
    export(members, FIXTURES / "stacked.safetensors", source="random", trained="never", stacking=stacked, **common)
    with open(FIXTURES / "stacked.json", "w", encoding="utf-8") as file:
        json.dump(dict(weights=stacked.weights.tolist(), bias=stacked.bias.tolist()), file)

    vectors = np.eye(3, HIDDEN, dtype=np.float32)
    lines = [f"exemplar#e{n}\t{concept}" for n, concept in enumerate(concepts)]
    # Long windows must fit in.
    common["positions"] = 256
    export([marked_state(vocabulary, 256)], FIXTURES / "marked.safetensors", source="made by hand", trained="never",
           thresholds={c: 0.5 for c in concepts}, exemplars=(vectors, lines), **common)

    # The same, and its tokens say which concept they show.
    state = marked_state(vocabulary, 256)
    state["u.weight"] = 1.5 * torch.eye(len(MARKS), HIDDEN)
    state["u.bias"] = torch.full((len(MARKS),), -3.0)
    state["w.weight"] = torch.zeros(len(MARKS), HIDDEN)
    export([state], FIXTURES / "tagged.safetensors", source="made by hand", trained="never",
           thresholds={c: 0.5 for c in concepts}, **common)


if __name__ == "__main__":
    main()
