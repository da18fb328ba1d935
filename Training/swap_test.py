"""How far a score moves when only mother and father change places, or names come from elsewhere.

    python3 Training/swap_test.py [--casebook .build/release/casebook]

Held-out exemplars are written three times as one text each: as they are, with the words for mothers and fathers
exchanged (passages on pregnancy, birth and nursing stay out), and with each given name replaced by one of another
origin. `suggest --min-score 0` scores all three; printed is the mean absolute change a concept. Wanted: at most 0.05.
"""

import argparse
import json
import random
import re
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path
from xml.sax.saxutils import escape

import augment
import texts

ROOT = Path(__file__).resolve().parent.parent
NAMES = (
    "Amara Chidi Ngozi Kwame Abena Tendai Thandiwe Sipho Amina Yusuf Leila Omar Fatima Karim Mei Jun Haruki Yuki Sora "
    "Min-jun Ji-woo Linh Minh Priya Arjun Lakshmi Ravi Meera Sanjay Ximena Mateo Itzel Diego Lucía Joaquín Malia "
    "Keoni Aroha Tane Nizhoni Aiyana Dmitri Oksana Bogdan Zlata Anahit Davit Noor Tariq Zeynep Emre").split()
# A word with a capital inside a sentence that is also no title, place or day: a name, as a rule.
INSIDE = re.compile(r"(?<=[a-z,;] )([A-Z][a-zà-ÿ]{2,})\b")
NO_NAMES = set(
    "Mr Mrs Miss Dr Sir Lady Lord Sunday Monday Tuesday Wednesday Thursday Friday Saturday January February March April "
    "May June July August September October November December God Lord English French German Christmas Easter Mamma "
    "Papa Mother Father Mum Dad Grandma Grandpa Nana Aunt Uncle Doctor Sister".split())
TEXT = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>{0}</title></titleStmt>
<publicationStmt><p>-</p></publicationStmt><sourceDesc><p>-</p></sourceDesc></fileDesc></teiHeader>
<text xml:lang="en"><body>{1}</body></text></TEI>"""


def renamed(text, chooser):
    names = {}

    def other(match):
        if match[1] in NO_NAMES:
            return match[1]
        return names.setdefault(match[1], chooser.choice(NAMES))

    replaced = INSIDE.sub(other, text)
    for name, instead in names.items():
        replaced = re.sub(rf"\b{name}\b", instead, replaced)
    return replaced


def scores(casebook, passages, folder, name):
    file = folder / f"{name}.xml"
    paragraphs = "".join(f'<p xml:id="p{number}">{escape(text)}</p>' for number, text in enumerate(passages))
    file.write_text(TEXT.format(name, paragraphs), encoding="utf-8")
    command = [casebook, "suggest", "--suggester", "encoder", "--effort", "high", "--min-score", "0", "--format",
               "jsonl", "--casebook", str(ROOT), str(file)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = defaultdict(float)
    for line in output.splitlines():
        row = json.loads(line)
        key = (int(row["passage"][1:]), row["concept"])
        found[key] = max(found[key], row["score"])
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--casebook", default=str(ROOT / ".build/release/casebook"))
    arguments = parser.parse_args()
    chooser = random.Random(1)
    passages = [p for p in texts.exemplars(ROOT / "Corpus/Exemplars") if p.held_out]
    concepts = texts.concepts_of(ROOT / "Schemas/bonding.xml")
    parents = [p.text for p in passages if not augment.BODILY.search(p.text) and augment.exchanged(p.text) != p.text]
    named = [p.text for p in passages if renamed(p.text, random.Random(1)) != p.text]
    with tempfile.TemporaryDirectory() as folder:
        changes = []
        for name, before, change in (
            ("parents", parents, augment.exchanged), ("names", named, lambda text: renamed(text, chooser)),
        ):
            old = scores(arguments.casebook, before, Path(folder), name)
            new = scores(arguments.casebook, [change(text) for text in before], Path(folder), name + "-changed")
            changes.append({
                concept: sum(abs(old[n, concept] - new[n, concept]) for n in range(len(before))) / len(before)
                for concept in concepts
            })
    print(f"| concept | mother and father exchanged ({len(parents)} passages) | other names ({len(named)}) |")
    print("|---|---|---|")
    for concept in concepts:
        print(f"| {concept} | {changes[0][concept]:.3f} | {changes[1][concept]:.3f} |")
    print(f"| mean | {sum(changes[0].values()) / len(concepts):.3f} | {sum(changes[1].values()) / len(concepts):.3f} |")


if __name__ == "__main__":
    main()
