#!/usr/bin/env bash
# The pictures of sheets in the README and in teaching.md, from the shipped packets as they are built today.
# Needs what PDF needs, chromium and ImageMagick. BINARY is the program; run it from anywhere.
set -euo pipefail
cd "$(dirname "$0")/.."
casebook=${BINARY:-.build/release/casebook}
pictures=$PWD/Documentation/pictures
folder=$(mktemp -d)
trap 'rm -rf "$folder" Packets/pictures-*.yml' EXIT

# The packet in PDF, under a name of its own.
for packet in impaired-bonding two-ties for-parents; do
  { grep -v '^formats:' "Packets/$packet.yml"; echo 'formats: [pdf]'; } > "Packets/pictures-$packet.yml"
  "$casebook" packet build "pictures-$packet" -o "$folder" >/dev/null 2>&1
done

# page PACKET SHEET NUMBER DOTS-PER-INCH → a framed page
page() {
  pdftoppm -png -r "$4" -f "$3" -l "$3" -singlefile "$folder/pictures-$1-$2.pdf" "$folder/$1-$2-$3"
  convert "$folder/$1-$2-$3.png" -bordercolor '#999999' -border 1 "$folder/$1-$2-$3.png"
}
# row NAME PAGE… → pages beside each other, from the top
row() {
  local name=$1; shift
  convert "${@/#/$folder/}" -gravity north -background white -bordercolor white -border 6 +append "$folder/$name.png"
}
# number FILE WORDS → the first page that has the words
number() { pdftotext "$folder/pictures-$1.pdf" - | awk -v RS='\f' -v words="$2" 'index($0, words) && !n { n = NR } END { print n }'; }

for sheet in "handout 1" "handout 2" "worksheet 2" "key 2"; do page impaired-bonding $sheet 72; done
row top impaired-bonding-{handout-1,handout-2,worksheet-2,key-2}.png
slides=impaired-bonding-slides
concept=$(number $slides 'The parent’s positive feeling') tied=$(number $slides 'Who is tied to whom')
marked=$(($(number $slides 'Max has just been born') + 1))
for at in "$concept" "$marked" "$tied"; do page impaired-bonding slides "$at" 60; done
row bottom $slides-{"$concept","$marked","$tied"}.png
convert "$folder"/{top,bottom}.png -background white -append -colors 128 "$pictures/packet-seminar.png"

form=$(number two-ties-case-sheet 'Jane and Max')
page two-ties case-sheet "$form" 65
for sheet in "lesson-plan 1" "quiz 1" "flashcards 2"; do page two-ties $sheet 65; done
row ties two-ties-{case-sheet-"$form",lesson-plan-1,quiz-1,flashcards-2}.png
convert "$folder/ties.png" -colors 128 "$pictures/packet-two-ties.png"

for at in 1 2 4; do page for-parents handout "$at" 75; done
row parents for-parents-handout-{1,2,4}.png
convert "$folder/parents.png" -colors 128 "$pictures/packet-for-parents.png"

# shot NAME ANCHOR HEIGHT → what a browser of 1040 pixels shows of a page from a place on
shot() {
  # Without a window there is nothing to scroll: the page is moved up instead.
  echo "<script>document.body.style.marginTop = 12 - document.getElementById('$2').getBoundingClientRect().top + 'px'</script>" \
    >> "$folder/$1.html"
  chromium --headless --no-sandbox --hide-scrollbars --window-size="1040,$3" --screenshot="$folder/shot.png" \
    "file://$folder/$1.html" >/dev/null 2>&1
  convert "$folder/shot.png" -resize 760x -colors 64 "$pictures/$1.png"
}
"$casebook" export handout 'impaired-bonding in:the-good-room' -o "$folder/handout.html" 2>/dev/null
"$casebook" export concept-index -o "$folder/concept-index.html" 2>/dev/null
shot handout p2 900
shot concept-index letter-A 950
