"""Imports flashcards and quizzes with the readers that they are made for.

    quiz.py CASEBOOK-BINARY PACKET [FOLDER-OF-QTI-SCHEMAS]

Anki's own package imports the TSV and the CSV, twice: the second time nothing may be new. pygiftparser reads the
GIFT, pyslet the QTI items; with the schemas of IMS (imsqti_v2p1.xsd and what it includes) every file of the package is
validated too. Moodle has no reader outside Moodle: its XML is compared with the rules of its documentation,
https://docs.moodle.org/en/Moodle_XML_format.
"""

import html
import os
import subprocess
import sys
import tempfile
import zipfile

from lxml import etree


def build(binary, packet, folder):
    subprocess.run([binary, "packet", "build", packet, "-o", folder, "--quiet"], check=True)
    return {name.rsplit("-", 1)[-1]: os.path.join(folder, name) for name in os.listdir(folder)}


def anki(path, notes):
    from anki.collection import Collection, ImportCsvRequest

    collection = Collection(os.path.join(tempfile.mkdtemp(), "collection.anki2"))
    results = []
    for _ in range(2):
        metadata = collection.get_csv_metadata(path=path, delimiter=None)
        log = collection.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
        results.append((len(log.new), len(log.duplicate) + len(log.updated)))
        refused = len(log.conflicting) + len(log.missing_notetype) + len(log.missing_deck) + len(log.empty_first_field)
        assert refused == 0, f"{path}: Anki refuses {refused} notes"
    assert results == [(notes, 0), (0, notes)], f"{path}: {results}, not {notes} notes"
    note = collection.get_note(collection.find_notes("")[0])
    assert note.guid.startswith("casebook/"), note.guid
    assert all(tag.startswith("casebook::") for tag in note.tags), note.tags
    collection.close()
    return f"{notes} notes in Anki, none new the second time"


def gift(path, count):
    from pygiftparser import parser

    with open(path, encoding="utf-8") as file:
        questions = parser.parseFile(file)
    kinds = {}
    for question in questions:
        kind = type(question.answers).__name__
        assert kind != "NoneType", f"{question.title}: no answers"
        kinds[kind] = kinds.get(kind, 0) + 1
    assert len(questions) == count, f"{len(questions)} of {count} questions"
    return f"{len(questions)} questions: " + ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))


def qti(path, schemas):
    import pyslet.qtiv2.xml as reader

    said = []
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        items = [name for name in package.namelist() if name.startswith("items/")]
        for name in items:
            document = reader.QTIDocument()
            document.read(src=package.open(name))
            assert type(document.root).__name__ == "AssessmentItem", name
        said.append(f"{len(items)} items read")
        if schemas:
            schema = etree.XMLSchema(etree.parse(os.path.join(schemas, "qtiv2p1", "imsqti_v2p1.xsd")))
            packaging = etree.XMLSchema(etree.parse(os.path.join(schemas, "imscp_v1p1.xsd")))
            for name in package.namelist():
                tree = etree.parse(package.open(name))
                grammar = packaging if name == "imsmanifest.xml" else schema
                assert grammar.validate(tree), f"{name}: {grammar.error_log.last_error}"
            said.append("all files valid against the schemas of IMS")
    return ", ".join(said), len(items)


MOODLE = {
    # Children of a question in their documented form: name, at least, at most.
    "multichoice": {"answer": (2, 99), "single": (1, 1), "shuffleanswers": (1, 1), "answernumbering": (1, 1)},
    "truefalse": {"answer": (2, 2)},
    "matching": {"subquestion": (3, 99), "shuffleanswers": (1, 1)},
}


def moodle(path, count):
    root = etree.parse(path).getroot()
    assert root.tag == "quiz"
    kinds = {}
    for question in root:
        kind = question.get("type")
        if kind == "category":
            assert question.findtext("category/text").startswith("$course$/top/")
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        assert question.findtext("name/text"), "a question without a name"
        text = question.find("questiontext")
        assert text.get("format") == "html"
        etree.fromstring("<div>" + text.findtext("text").replace("&nbsp;", " ") + "</div>")
        for name, (least, most) in MOODLE[kind].items():
            number = len(question.findall(name))
            assert least <= number <= most, f"{kind}: {number} {name}"
        if kind == "matching":
            assert all(item.findtext("text") and item.findtext("answer/text") for item in question.findall("subquestion"))
        else:
            fractions = sorted(answer.get("fraction") for answer in question.findall("answer"))
            assert fractions.count("100") == 1 and set(fractions) == {"0", "100"}, fractions
            html.unescape(question.findtext("answer/text"))
    assert sum(kinds.values()) == count
    return f"{count} questions: " + ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))


def main(binary, packet, schemas=None):
    with tempfile.TemporaryDirectory() as folder:
        files = build(binary, packet, folder)
        with open(files["flashcards.tsv"], encoding="utf-8") as file:
            notes = sum(1 for line in file if not line.startswith("#"))
        print("flashcards.tsv  " + anki(files["flashcards.tsv"], notes))
        print("flashcards.csv  " + anki(files["flashcards.csv"], notes))
        said, count = qti(files["quiz.zip"], schemas)
        print("quiz.zip        " + said)
        print("quiz.gift       " + gift(files["quiz.gift"], count))
        print("quiz.xml        " + moodle(files["quiz.xml"], count))


if __name__ == "__main__":
    main(*sys.argv[1:])
