"""Makes TEI of novels, so that layers can point into them: one file a novel, one <p> a paragraph.

    python3 Training/novels_as_tei.py path/to/source path/to/novels

The source is a folder with a .txt file a novel, or with a folder a novel that is a book of Standard Ebooks.

The same text always gives the same bytes: layers name a file by its SHA-256. What stands already in the folder under the
same name is replaced. Chapters are not told apart: a heading is a paragraph like any other.
"""

import argparse
import re
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

# A line that was broken to be read on a screen is shorter than this; half of the text in longer lines means that each
# line is a whole paragraph.
BROKEN_LINE = 120

# Scalars; no paragraph of these novels is as long.
LONGEST = 16_000

PACKAGE = "src/epub/content.opf"
WORD_JOINER = "\u2060"

TEI = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc>
<titleStmt><title>{name}</title></titleStmt>
<publicationStmt><p>In the public domain.</p></publicationStmt>
<sourceDesc><p>{source}</p></sourceDesc>
</fileDesc></teiHeader>
<text><body>
{paragraphs}
</body></text>
</TEI>
"""


def paragraphs(text):
    lines = text.splitlines()
    long = sum(len(line) for line in lines if len(line) > BROKEN_LINE)
    if 2 * long > len(text):
        blocks = lines
    else:
        blocks = re.split(r"\n\s*\n", "\n".join(lines))
        blocks = [part for block in blocks for part in (run_together(block) if len(block) > LONGEST else [block])]
    return [" ".join(block.split()) for block in blocks if block.strip()]


def run_together(block):
    """The paragraphs of lines between which no blank line was left: one ends with a sentence, on a line that the first
    word of the next would still have fitted on."""
    lines = block.split("\n")
    width = sorted(map(len, lines))[len(lines) * 9 // 10]
    found, current = [], []
    for line, following in zip(lines, lines[1:] + [""]):
        current.append(line)
        fits = len(line.rstrip()) + 1 + len(following.split(" ", 1)[0]) < width
        if fits and re.search(r"[.!?:*\"'’”)-]\s*$", line):
            found.append("\n".join(current))
            current = []
    return found + ["\n".join(current)]


def standard_ebook(folder):
    """The paragraphs of a book of Standard Ebooks, in the order of its spine, without title page and colophon."""
    html, opf = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}"
    package = etree.parse(str(folder / PACKAGE))
    place = {item.get("id"): item.get("href") for item in package.iter(opf + "item")}
    found = []
    for reference in package.iter(opf + "itemref"):
        body = etree.parse(str((folder / PACKAGE).parent / place[reference.get("idref")])).find(html + "body")
        if "bodymatter" in body.get("{http://www.idpf.org/2007/ops}type", ""):
            found += [" ".join("".join(p.itertext()).replace(WORD_JOINER, "").split()) for p in body.iter(html + "p")]
    return [paragraph for paragraph in found if paragraph]


def tei(name, source, paragraphs):
    text = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    # What XML cannot hold is no part of a novel.
    text = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    return TEI.format(name=escape(name), source=escape(source), paragraphs=text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="folder with a .txt file or a Standard Ebook a novel")
    parser.add_argument("novels", type=Path, help="folder that the TEI files are written into")
    arguments = parser.parse_args()
    found = {file.stem: (file.name, paragraphs(file.read_bytes().decode("utf-8-sig")))
             for file in arguments.source.glob("*.txt")}
    for package in arguments.source.glob(f"*/{PACKAGE}"):
        folder = package.parents[len(Path(PACKAGE).parts) - 1]
        found[folder.name] = (f"Standard Ebooks, {folder.name}", standard_ebook(folder))
    if not found:
        raise SystemExit(f"{arguments.source}: neither .txt files nor books of Standard Ebooks here.")
    arguments.novels.mkdir(parents=True, exist_ok=True)
    for name, (source, text) in sorted(found.items()):
        (arguments.novels / f"{name}.xml").write_bytes(tei(name, source, text).encode())
    print(f"{len(found)} novels in {arguments.novels}")


if __name__ == "__main__":
    main()
