#!/usr/bin/env bash
# The whole way on the shipped casebook: suggest, index, query, hand out. Writes only into demo/ and .casebook/,
# both ignored by git.
set -euo pipefail
cd "$(dirname "$0")/.."
casebook=${BINARY:-.build/release/casebook}
rm -rf demo
mkdir demo

# Shows a command as one would type it, then runs it.
run() { printf '\n$ casebook'; printf ' %q' "$@"; printf '\n'; "$casebook" "$@"; }

run suggest Corpus/the-good-room.xml Corpus/harmattan-letters.xml --suggester cues --all --min-score 0.3
run index
run query 'impaired-bonding stance:supports basis:shown'
run query '"felt nothing" | postpartum-depression who:rene'
run query --count 'secure-attachment & resilience'

run export concept-index -o demo/concept-index.html
run export handout 'impaired-bonding in:love-story' -o demo/impaired-bonding.html
run export handout 'in:parent-infant-bonding' -o demo/parent-infant-bonding.html
run chart trajectory 'dyad:jane..max' --format html -o demo/jane-and-max.html
run chart relations in:the-good-room -o demo/the-good-room-people.svg

# The three packets: each a family of sheets from one selection. Their empty help fields are warnings on purpose: the
# teacher fills them in; the sheet for parents has them, else it would not be made.
for packet in impaired-bonding two-ties for-parents; do run packet build "$packet" -o "demo/$packet"; done

printf '\nWritten:\n'
find demo -type f | sort | sed 's/^/  /'
