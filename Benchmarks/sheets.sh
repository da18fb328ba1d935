#!/usr/bin/env bash
# Sheets in HTML, from process start to exit, warm: the packet of a seminar, and a handout of 200 passages.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=$(realpath "${BINARY:-.build/release/casebook}")
runs=${RUNS:-21}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Milliseconds of one run, wall clock.
measure() {
  local start
  start=$(date +%s%N)
  "$@" >/dev/null 2>&1 || true
  echo $((($(date +%s%N) - start) / 1000))
}
median() { sort -n | awk '{a[NR] = $1} END {print ((NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2) / 1000}'; }
row() { awk -v name="$1" -v own="$2" -v reach="$3" 'BEGIN {printf "%-44s %7.0f ms  (reach %s)\n", name, own, reach}'; }

"$binary" index --quiet 2>/dev/null
for run in $(seq "$runs"); do
  measure "$binary" packet build impaired-bonding -o "$work/sheets" --quiet >>"$work/packet"
done
row "packet build impaired-bonding" "$(median <"$work/packet")" "300 ms"

# The first 200 annotated passages of the casebook, picked one by one as a packet does.
"$binary" query 'bond | risk | outcome | practice | support' --format jsonl 2>/dev/null >"$work/hits"
mkdir -p "$work/book/Packets"
cp -r casebook.yml Schemas Corpus "$work/book/"
{
  printf 'format: 1\ntitle: 200 passages\nsheets: [handout]\npassages:\n'
  python3 - "$work/hits" <<'PYTHON'
import json, sys

seen = []
for line in open(sys.argv[1]):
    hit = json.loads(line)
    place = (hit["document"], hit["passage"])
    if hit["passage"] and not hit["passage"].startswith("p.") and place not in seen:
        seen.append(place)
for document, passage in seen[:200]:
    print(f"  - at: {document}#{passage}")
print(f"{len(seen[:200])} passages", file=sys.stderr)
PYTHON
} >"$work/book/Packets/large.yml"
cd "$work/book"
"$binary" index --quiet 2>/dev/null
for run in $(seq "$runs"); do measure "$binary" packet build large -o "$work/large" --quiet >>"$work/handout"; done
row "handout of 200 passages, with its charts" "$(median <"$work/handout")" "1000 ms"
