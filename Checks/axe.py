"""Runs axe-core over every HTML sheet in a real browser, wide and narrow, and prints a table.

    axe.py CASEBOOK-BINARY [BROWSER]

Builds all packets, and one sheet of every kind that no packet has. Ends with status 1 where axe-core finds anything.
"""

import glob
import os
import shutil
import subprocess
import sys
import tempfile

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

# What no packet makes: name of the page and the command.
OTHERS = {
    "concept-index": ["export", "concept-index"],
    "concept-card": ["export", "concept-card", "impaired-bonding", "lack-of-affection"],
    "decision-card": ["export", "concept-card", "--pairs"],
    "case-sheet": ["export", "case-sheet", "in:love-story"],
    "handout-in-german": ["export", "handout", "impaired-bonding in:the-good-room", "--language", "de"],
    "handout-without-quotations": ["export", "handout", "impaired-bonding in:the-good-room", "--no-quotations"],
    "worksheet-without-quotations": ["export", "worksheet", "impaired-bonding in:the-good-room", "--no-quotations"],
    "chart-co-occurrence": ["chart", "co-occurrence", "--format", "html"],
    "chart-compare": ["chart", "compare", "impaired-bonding", "--format", "html"],
    "chart-distribution": ["chart", "distribution", "in:the-good-room", "--format", "html"],
    "chart-relations": ["chart", "relations", "in:the-good-room", "--format", "html"],
    "chart-trajectory": ["chart", "trajectory", "dyad:jane..max", "--format", "html"],
    "hits": ["query", "impaired-bonding", "--format", "html"],
}
WIDTHS = [1280, 390]


def pages(binary, folder):
    def run(arguments):
        done = subprocess.run([binary, *arguments, "--quiet"], capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"{' '.join(arguments)}: {done.stderr}")

    for name in subprocess.run([binary, "packet", "list"], capture_output=True, text=True).stdout.split():
        run(["packet", "build", name, "-o", os.path.join(folder, name)])
    for name, arguments in OTHERS.items():
        run([*arguments, "-o", os.path.join(folder, name + ".html")])
    return sorted(glob.glob(folder + "/**/*.html", recursive=True))


def main(binary, browser=None):
    browser = browser or shutil.which("chromium")
    if browser is None:
        sys.exit("no chromium on the search path: name the browser as the second argument, or CHROMIUM=PATH")
    found = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        print(f"{'sheet':44} {'rules passed':>12} {'violations':>10}")
        for path in pages(binary, folder):
            passed, violations = 0, {}
            for width in WIDTHS:
                page = chromium.new_page(viewport={"width": width, "height": 900})
                page.goto("file://" + path)
                results = Axe().run(page)
                passed = max(passed, len(results["passes"]))
                for violation in results["violations"]:
                    violations[violation["id"]] = violation["nodes"][0]["html"][:120]
                page.close()
            print(f"{os.path.basename(path):44} {passed:12} {len(violations):10}")
            for rule, element in violations.items():
                print(f"    {rule}: {element}")
            found += len(violations)
        chromium.close()
    print(f"\n{found} violations")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
