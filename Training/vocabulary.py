"""The word pieces that a model keeps: those of literature, not those of an encyclopedia.

all-MiniLM-L6-v2 has 30 522 pieces, many of them names, years and other scripts. A word without a piece of its own is cut
into smaller ones, so that nothing is lost but a little sense.
"""

from collections import Counter

from lxml import etree
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

import texts

# All pieces of the exemplars but a few, and 98.6 of 100 in ELTeC's novels.
PIECES = 12_500
# A piece of the exemplars weighs as much as three of the novels: in them the words of our time stand.
EXEMPLAR_WEIGHT = 3.0
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def cut(pieces, limit):
    """A tokenizer of BERT with these pieces."""
    made = Tokenizer(models.WordPiece(
        {piece: number for number, piece in enumerate(pieces)}, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(piece, pieces.index(piece)) for piece in ("[CLS]", "[SEP]")])
    made.enable_truncation(limit)
    return made


def shares(tokenizer, passages):
    counts = Counter()
    for text in passages:
        counts.update(tokenizer.encode(text).ids)
    total = sum(counts.values()) or 1
    return {number: count / total for number, count in counts.items()}


def kept(tokenizer, exemplars, novels, count=PIECES):
    """Ids of the pieces that stay, in their old order; the vocabulary itself runs from frequent to rare pieces."""
    tokenizer.no_truncation()
    vocabulary = tokenizer.get_vocab()
    written, printed = shares(tokenizer, exemplars), shares(tokenizer, novels)
    # Nothing may become unknown that was known before: letters stay, at the start of a word and inside it.
    needed = {n for piece, n in vocabulary.items() if piece in SPECIAL or len(piece.removeprefix("##")) == 1}
    weight = lambda n: EXEMPLAR_WEIGHT * written.get(n, 0) + printed.get(n, 0)
    ranked = sorted(set(vocabulary.values()) - needed, key=lambda n: (-weight(n), n))
    return sorted(needed | set(ranked[:max(0, count - len(needed))]))


def paragraphs(layers, folder):
    """All paragraphs of the novels that were read."""
    for _, file in texts.read_novels(layers, folder):
        for element in etree.parse(str(file)).iter(texts.TEI + "p"):
            yield texts.plain(texts.raw(element))
