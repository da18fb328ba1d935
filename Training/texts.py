"""The passages that scorers learn from: the exemplars, and the paragraphs of novels that were read and labelled.

An exemplar's text and labels lie in `Corpus/Exemplars/`; of a novel `Training/Novels/` has only the layer (ranges,
concepts, decisions), and the text is read from the reader's own copy of it (the file that the layer names, checked by
its SHA-256; README.md says where they come from). A passage without any concept is a decision `none`.
"""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
# The novels of the evaluation set, in any edition: nothing is learned from them.
EVALUATED = re.compile(
    r"ENG18480_Thackeray|ENG18481_Dickens|ENG18482_Gaskell|ENG18610_Eliot|ENG18641_Stretton|"
    r"dombey|marner|vanity|mary.barton|ferns.hollow", re.IGNORECASE)
# Whoever names none of these seldom speaks of a parent and a child: of the first 934 paragraphs that were found to show
# something 920 name one, and the others were among those that a scorer was surest of.
FAMILY = re.compile(
    r"\b(?:mothers?|motherl\w+|mam+as?|m[ua]mm?y|fathers?|fatherl\w+|papas?|dadd?y?|parent\w*|child\w*|bab(?:y|ies|es?)|"
    r"infan\w+|sons?|daughters?|boys?|girls?|(?:grand|step|god)\w+|nurs\w+|orphan\w*|cradles?|maternal|paternal|filial|"
    r"little (?:ones?|fellows?|things?|creatures?)|lads?|lass(?:es)?|bairns?|guardians?|govern?ess\w*|twins?|pregnan\w+|"
    r"birth\w*|born|uncles?|aunts?)\b", re.IGNORECASE)
RANGE = re.compile(r"#string-range\((.+),(\d+),(\d+)\)$")


@dataclass
class Passage:
    document: str
    id: str
    text: str  # white space as it reads: single blanks
    labels: list  # (concept, the words that show it, empty where nobody said which)
    contradicts: set = field(default_factory=set)
    doubtful: set = field(default_factory=set)  # neither right nor wrong: one of two readers saw it
    held_out: bool = False
    novel: bool = False


def plain(text):
    return " ".join(text.split())


def raw(element):
    return "".join(element.itertext())


def concepts_of(scheme):
    """The leaf concepts of a scheme, in its order."""
    tree = etree.parse(str(scheme))
    found = []
    for category in tree.iter(TEI + "category"):
        if category.get(ID) and category.find(TEI + "category") is None:
            found.append(category.get(ID))
    return found


def targets(annotation):
    """(pointer to the element, start, length) of each range, in scalars of the element's raw text."""
    found = []
    for target in annotation.get("target", "").split():
        match = RANGE.search(target)
        if match:
            found.append((match[1], int(match[2]), int(match[3])))
    return found


def labels_of(layer):
    """{pointer: [(concept, start, length, stance, certainty)]} and the pointers with a decision `none`."""
    labels, empty = {}, set()
    for annotation in etree.parse(str(layer)).iter(TEI + "annotation"):
        notes = {note.get("type"): plain(raw(note)) for note in annotation.findall(TEI + "note")}
        change = annotation.find(f"{TEI}revisionDesc/{TEI}change[last()]")
        for pointer, start, length in targets(annotation):
            if notes.get("decision") == "none":
                empty.add(pointer)
                continue
            if change is not None and change.get("status") == "withdrawn":
                continue
            for concept in annotation.findall(TEI + "ptr[@type='concept']"):
                labels.setdefault(pointer, []).append(
                    (concept.get("target").rsplit("#", 1)[1], start, length, notes.get("stance", "supports"),
                     float(annotation.get("cert") or 1)))
    return labels, empty


def passage(document, pointer, element, rows, **more):
    text = raw(element)
    labels, contradicts, doubtful = [], set(), set()
    for concept, start, length, stance, certainty in rows:
        if stance == "contradicts":
            contradicts.add(concept)
        elif stance == "ambiguous" or certainty < 0.6:
            doubtful.add(concept)
        else:
            words = plain(text[start:start + length])
            # A label on a whole paragraph of a novel does not say which words show it.
            labels.append((concept, "" if more.get("novel") and words == plain(text) else words))
    doubtful -= {concept for concept, _ in labels}
    return Passage(document, pointer, plain(text), labels, contradicts, doubtful, **more)


def exemplars(folder):
    found = []
    for layer in sorted(Path(folder).glob("*.instructor.xml")):
        document = layer.name[: -len(".instructor.xml")]
        tree = etree.parse(str(layer.parent / (document + ".xml")))
        held_out = any(term.text == "held-out" for term in tree.iter(TEI + "term") if term.get("type") == "split")
        labels, empty = labels_of(layer)
        for element in tree.iter(TEI + "p", TEI + "lg"):
            pointer = element.get(ID)
            if pointer in labels or pointer in empty:
                found.append(passage(document, pointer, element, labels.get(pointer, []), held_out=held_out))
    return found


def element_at(tree, path):
    """The element at a path like /TEI[1]/text[1]/body[1]/p[3]."""
    steps = re.sub(r"/(\w+)\[", r"/t:\1[", path)
    found = tree.xpath(steps, namespaces={"t": TEI[1:-1]})
    return found[0] if found else None


def read_novels(layers, folder):
    """(layer, file) of each novel that was read; others that lie in the folder do not count."""
    for layer in sorted(Path(layers).glob("*.paragraphs.xml")):
        document = layer.name[: -len(".paragraphs.xml")]
        if EVALUATED.search(document):
            raise SystemExit(f"{layer}: labels of a novel of the evaluation set.")
        file = Path(folder) / (document + ".xml")
        if not file.exists():
            raise SystemExit(f"{file}: not here. Training/README.md says where it comes from; or leave --novels out.")
        yield layer, file


def novels(layers, folder):
    """Paragraphs of novels; every fifth, by the digest of its place, is held out."""
    found = []
    for layer, file in read_novels(layers, folder):
        document = file.stem
        expected = etree.parse(str(layer)).find(f".//{TEI}sourceDesc//{TEI}idno[@type='sha256']")
        actual = hashlib.sha256(file.read_bytes()).hexdigest()
        if expected is not None and expected.text.strip() != actual:
            raise SystemExit(f"{file}: not the edition that {layer} was made on (SHA-256 {actual}).")
        tree = etree.parse(str(file))
        labels, empty = labels_of(layer)
        for pointer in sorted(set(labels) | empty):
            element = element_at(tree, pointer)
            if element is None:
                raise SystemExit(f"{layer}: {pointer} is no element of {file}.")
            held_out = hashlib.sha256(f"{document}{pointer}".encode()).digest()[0] % 5 == 0
            found.append(
                passage(document, pointer, element, labels.get(pointer, []), held_out=held_out, novel=True))
    return found


def strangers(layers, folder, every=3):
    """Paragraphs that name no family and that nobody read, one of `every` by the digest of its place: novels are mostly
    these."""
    found = []
    for layer, file in read_novels(layers, folder):
        tree = etree.parse(str(file))
        labels, empty = labels_of(layer)
        read = {element_at(tree, pointer) for pointer in empty.union(labels)}
        for number, element in enumerate(tree.iterfind(f".//{TEI}body//{TEI}p")):
            if element in read or hashlib.sha256(f"{file.stem}{number}".encode()).digest()[0] % every:
                continue
            text = plain(raw(element))
            if len(text.split()) >= 8 and not FAMILY.search(text):
                found.append(Passage(file.stem, str(number), text, [], novel=True))
    return found
