#!/usr/bin/env bash
# Times casebook against xmllint on one folder of TEI, in one run: peer and ours alternate, one process for all
# files, medians of user + system seconds. A time means nothing without its peer beside it.
#   Benchmarks/bench.sh [FOLDER]      RUNS=11  BINARY=.build/release/casebook  MODEL=passages.safetensors
# MODEL is for a program that was built without one.
set -euo pipefail
[ -z "${MODEL:-}" ] || MODEL=$(realpath "$MODEL")
cd "$(dirname "$0")/.."
exemplars=$PWD/Corpus/Exemplars
binary=$(realpath "${BINARY:-.build/release/casebook}")
runs=${RUNS:-11}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

folder=${1:-}
if [ -z "$folder" ] && [ -d ../shared/corpora/eltec-eng ]; then folder=../shared/corpora/eltec-eng; fi
"$binary" init "$work/casebook" --quiet >/dev/null
if [ -n "$folder" ]; then
  cp "$folder"/*.xml "$work/casebook/Corpus/"
else
  # The shipped texts, repeated until they are as much as a shelf of novels: 40 times is about 10 MB.
  for n in $(seq 40); do
    for file in Corpus/*.xml; do
      grep -q 'casebook-layer' "$file" || cp "$file" "$work/casebook/Corpus/$n-$(basename "$file")"
    done
  done
fi
cd "$work/casebook"
files=(Corpus/*.xml)
echo "$(cat "${files[@]}" | wc -c | awk '{printf "%.1f MB", $1 / 1e6}') of TEI in ${#files[@]} files, $runs runs, medians of user + system seconds"

# Prints "seconds megabytes" of one run.
measure() {
  local TIMEFORMAT='%U %S' seconds
  seconds=$({ time "$@" >/dev/null 2>&1; } 2>&1 | awk '{print $1 + $2}')
  echo "$seconds"
}
# Peak memory of one run in MB; GNU time is not everywhere, /proc is.
memory() {
  "$@" >/dev/null 2>&1 &
  local pid=$! peak=0 now
  while kill -0 "$pid" 2>/dev/null; do
    now=$(awk '/VmHWM/ {print $2}' "/proc/$pid/status" 2>/dev/null || true)
    [ -n "$now" ] && peak=$now
    sleep 0.02
  done
  wait "$pid" || true
  awk -v kb="$peak" 'BEGIN {printf "%.0f", kb / 1024}'
}
median() { sort -n | awk '{a[NR] = $1} END {print (NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2}'; }

index_from_nothing() { rm -rf .casebook; "$binary" index --jobs 1 --no-suggestions --quiet; }
for run in $(seq "$runs"); do
  measure xmllint --sax --noout "${files[@]}" >>"$work/xmllint"
  measure "$binary" suggest --suggester cues --jobs 1 --format jsonl --quiet "${files[@]}" >>"$work/suggest"
  measure index_from_nothing >>"$work/index"
done
peer=$(median <"$work/xmllint")
row() { awk -v name="$1" -v own="$2" -v peer="$peer" -v reach="$3" -v mb="$4" \
  'BEGIN {printf "%-34s %7.3f s  %5.1f x  (reach %s)  %s\n", name, own, own / peer, reach, mb}'; }
printf "%-34s %7.3f s\n" "xmllint --sax --noout" "$peer"
row "suggest --suggester cues --jobs 1" "$(median <"$work/suggest")" "8 x" \
  "$(memory "$binary" suggest --suggester cues --jobs 1 --format jsonl --quiet "${files[@]}") MB"
rm -rf .casebook
row "index from nothing" "$(median <"$work/index")" "35 x" \
  "$(memory "$binary" index --jobs 1 --no-suggestions --quiet) MB"

"$binary" index --quiet
echo
echo "query, from process start to exit (reach 30 ms), median of 21 runs, wall clock:"
for query in 'impaired-bonding' 'word:mother' '"his mother"' 'word:mother & word:father' '/moth(er|ers)/'; do
  for run in $(seq 21); do
    start=$(date +%s%N)
    "$binary" query --count "$query" >/dev/null 2>&1 || true
    echo $((($(date +%s%N) - start) / 1000))
  done | median | awk -v q="$query" '{printf "  %-30s %6.1f ms\n", q, $1 / 1000}'
done

# The encoder, where there is one: what a model costs at the start, passages a second, and the shelf.
[ -z "${MODEL:-}" ] || cp "$MODEL" Schemas/bonding.passages.safetensors
echo '{"id": "1", "text": "She held him.", "labels": []}' >one.jsonl
wall() { local start; start=$(date +%s%N); "$@" >/dev/null 2>&1; echo $((($(date +%s%N) - start) / 1000)); }
one() { "$binary" evaluate one.jsonl --format json --effort high --suggester "$1"; }
if one encoder >/dev/null 2>&1; then
  echo
  echo "encoder, wall clock:"
  for run in $(seq 11); do wall one encoder; done | median >"$work/encoder"
  for run in $(seq 11); do wall one cues; done | median >"$work/cues"
  paste "$work/encoder" "$work/cues" | awk '{printf "  %-34s %7.3f s  (reach 0.3 s)\n", "one passage, more than with cues", ($1 - $2) / 1e6}'
  mapfile -t banks < <(ls "$exemplars"/*.xml | grep -v instructor)
  passages=$(sed -n '/<body/,$p' "${banks[@]}" | grep -o '<p[ >]' | wc -l)
  scored() { rm -rf .casebook; "$binary" suggest --suggester encoder --effort high --format jsonl --quiet --jobs "$1" "${banks[@]}"; }
  for jobs in 1 2 4; do
    wall scored "$jobs" | awk -v n="$passages" -v jobs="$jobs" \
      '{printf "  %d exemplars, --jobs %d %14.0f passages a second%s\n", n, jobs, n / $1 * 1e6, jobs == 2 ? "  (reach 100)" : ""}'
  done
  rm -rf .casebook
  wall "$binary" suggest --format jsonl --quiet "${files[@]}" | awk '{printf "  %-34s %7.1f s\n", "suggest, all texts", $1 / 1e6}'
  wall "$binary" suggest --format jsonl --quiet "${files[@]}" | awk '{printf "  %-34s %7.1f s\n", "suggest again, scores kept", $1 / 1e6}'
  rm -rf .casebook
  memory "$binary" suggest --format jsonl --quiet "${files[0]}" | awk '{printf "  %-34s %7d MB (reach 400)\n", "memory, one text", $1}'
fi
