#!/usr/bin/env bash
# Times queries: on a made-up novel of 100 000 words with 100 000 annotations, and on real novels with suggestions.
#   Benchmarks/queries.sh [--peers] [NOVELS]      BINARY=.build/release/casebook
# With --peers the same questions go to graphANNIS and STAM (PyPI, in a virtual environment),
# to BaseX (apt) and to nested loops in Python; counts that differ end the run.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=$(realpath "${BINARY:-.build/release/casebook}")
tools=$PWD/Benchmarks/.build/release
peers=
if [ "${1:-}" = --peers ]; then peers=yes; shift; fi
novels=${1:-}
if [ -z "$novels" ] && [ -d ../shared/corpora/eltec-eng ]; then novels=../shared/corpora/eltec-eng; fi
if [ -n "$novels" ]; then novels=$(realpath "$novels"); fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Milliseconds from start to exit, median of 21.
process() {
  for run in $(seq 21); do
    start=$(date +%s%N)
    "$binary" query --count "$@" >/dev/null 2>&1 || true
    echo $((($(date +%s%N) - start) / 1000))
  done | sort -n | awk -v name="$*" '{a[NR] = $1} END {printf "  %-58s %6.1f ms\n", name, a[(NR + 1) / 2] / 1000}'
}

echo "load of this machine: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime), $(getconf _NPROCESSORS_ONLN) cores"
echo
"$tools/synthetic" "$work/synthetic"
(
  cd "$work/synthetic"
  "$binary" index --quiet
  echo "100 000 words, 100 000 annotations of 40 concepts; inside a running program, medians of 31:"
  "$tools/queries" .
  if [ -n "$peers" ]; then "$tools/queries" . --tsv >"$work/ours.tsv"; fi
  echo
  echo "from start to exit of a process (reach 60 ms for the join):"
  process --unit annotation c01
  process --unit pair 'c01 overlaps c02'
)
if [ -n "$novels" ]; then
  "$binary" init "$work/novels" --quiet >/dev/null
  cp "$novels"/*.xml "$work/novels/Corpus/"
  (
    cd "$work/novels"
    "$binary" index --quiet
    echo
    echo "$(ls Corpus | wc -l) novels, their suggestions as the layer:"
    "$tools/queries" .
    echo
    echo "from start to exit of a process (reach 30 ms for one concept):"
    process 'bond is:suggested'
    process --unit pair 'bond is:suggested overlaps practice is:suggested'
  )
fi

[ -n "$peers" ] || exit 0
environment=${PEERS:-.build/peers}
if [ ! -x "$environment/bin/python" ]; then python3 -m venv "$environment"; fi
# The versions that the table is about.
"$environment/bin/pip" install --quiet --disable-pip-version-check graphannis==3.1.1 stam==0.12.1
echo
"$environment/bin/python" Benchmarks/peers/peers.py "$work/synthetic" "$work/ours.tsv"
