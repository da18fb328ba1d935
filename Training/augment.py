"""Other forms of a training passage: its labelled words alone, beside a neighbour, with mother and father exchanged."""

import re
from dataclasses import replace

from texts import Passage

PAIRS = (
    "mother father, mothers fathers, mamma papa, mama papa, mum dad, mom dad, mummy daddy, woman man, women men, "
    "she he, herself himself, girl boy, girls boys, daughter son, daughters sons, sister brother, sisters brothers, "
    "aunt uncle, grandmother grandfather, wife husband, mrs mr, lady gentleman, stepmother stepfather")
EXCHANGE = {}
for pair in PAIRS.split(", "):
    one, other = pair.split()
    EXCHANGE.setdefault(one, other)
    EXCHANGE.setdefault(other, one)
# What only one of the two can do: such a passage is left as it is.
BODILY = re.compile(
    r"pregnan|birth|breast|milk|womb|labou?r\b|midwi|nurs|suck|hormon|menopaus|confine|lying-in|deliver|bearing", re.I)
# After "her", a word in small letters that is none of these makes it "his", not "him".
AFTER_OBJECT = (
    "to and in on at for from with when as if that by up out off down a the before after into so but or was were had")
OBJECT = re.compile(r"\s+(?:" + AFTER_OBJECT.replace(" ", "|") + r")\b")
# A long paragraph is cut to this many words or fewer; the program's windows have up to 120.
SHORT = 100
# A run of sentences may end before that, so that all lengths are seen.
STOP = 0.12
SENTENCE_END = re.compile(r"(?<=[.!?;])[\"'”’)]*\s+")


def exchanged(text):
    def other(match):
        word = match[0]
        small = word.lower()
        if small == "her":
            after = text[match.end():match.end() + 12]
            result = "his" if re.match(r"\s+[a-z]", after) and not OBJECT.match(after) else "him"
        elif small in ("his", "him"):
            result = "her"
        else:
            result = EXCHANGE.get(small)
        if result is None:
            return word
        return result.capitalize() if word[0].isupper() else result

    return re.sub(r"[A-Za-z]+", other, text)


def cropped(passage, random):
    """The words of one label, or the sentences they stand in; the other labels stay where their words do."""
    concept, quote = random.choice(passage.labels)
    text = passage.text
    start = text.find(quote) if quote else -1
    if start < 0 or len(quote.split()) < 7 or len(quote) > 0.85 * len(text):
        return passage
    end = start + len(quote)
    if random.random() < 0.5:
        start = max((match.end() for match in SENTENCE_END.finditer(text, 0, start)), default=0)
        end = next((match.start() for match in SENTENCE_END.finditer(text, end - 1)), len(text))
    part = text[start:end]
    kept = [(c, words) for c, words in passage.labels if words and words in part]
    lost = {c for c, _ in passage.labels} - {c for c, _ in kept}
    return Passage(passage.document, passage.id, part, kept, passage.contradicts, passage.doubtful | lost)


def shortened(passage, random, words=SHORT):
    """A run of whole sentences of a long paragraph, with the words of one of its labels where it has any: as it will be
    scored, in windows. A label whose words are not in the run is neither right nor wrong there."""
    text = passage.text
    if len(text.split()) <= words:
        return passage
    starts = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    starts = sorted({start for start in starts if start <= len(text)})
    first, last = 0, len(text)
    if passage.labels:
        quote = random.choice(passage.labels)[1]
        first = text.find(quote) if quote else -1
        if first < 0 or len(quote.split()) > words:
            return passage
        last = first + len(quote)
        low = max(n for n, start in enumerate(starts) if start <= first)
        high = min(n for n, start in enumerate(starts) if start >= last)
    else:
        low = random.randrange(len(starts) - 1)
        high = low + 1
    while True:
        sides = [(low - 1, high)] * (low > 0) + [(low, high + 1)] * (high < len(starts) - 1)
        sides = [(a, b) for a, b in sides if len(text[starts[a]:starts[b]].split()) <= words]
        if not sides or random.random() < STOP:
            break
        low, high = random.choice(sides)
    part = text[starts[low]:starts[high]].strip()
    kept = [(c, quote) for c, quote in passage.labels if quote and quote in part]
    lost = {c for c, _ in passage.labels} - {c for c, _ in kept}
    return replace(passage, text=part, labels=kept, doubtful=passage.doubtful | lost)


def joined(passage, neighbours, random):
    """One to three sentences of a paragraph that shows no concept before or after it: novels are mostly that."""
    sentences = SENTENCE_END.split(random.choice(neighbours))
    start = random.randrange(len(sentences))
    words = " ".join(sentences[start:start + random.choice((1, 1, 2, 3))]).split()[:60]
    beside = " ".join(words)
    text = f"{beside} {passage.text}" if random.random() < 0.5 else f"{passage.text} {beside}"
    return Passage(passage.document, passage.id, text, passage.labels, passage.contradicts, passage.doubtful)


def augmented(passage, neighbours, random, crop=0.2, join=0.2, exchange=0.2):
    if passage.novel:
        passage = shortened(passage, random)
    chance = random.random()
    if chance < crop and passage.labels:
        passage = cropped(passage, random)
    elif chance < crop + join and neighbours:
        passage = joined(passage, neighbours, random)
    if random.random() < exchange and not BODILY.search(passage.text):
        labels = [(concept, exchanged(words)) for concept, words in passage.labels]
        passage = Passage(
            passage.document, passage.id, exchanged(passage.text), labels, passage.contradicts, passage.doubtful)
    return passage
