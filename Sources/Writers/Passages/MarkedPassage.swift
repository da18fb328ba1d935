import TextModel

/// A passage with the words of its annotations marked.
struct MarkedPassage: Sendable {
    /// Index in ``TeachingSelection/works``.
    var work: Int
    /// Index in ``Document/passages``.
    var passage: Int32
    /// Number of the item on the sheet, from 1.
    var number: Int
    var locator: Locator
    var speaker: String?
    var marks: [Mark]
    var segments: [Segment]
    /// Notes that the passage calls, in order.
    var notes: [Note]
    /// Where its words are withheld, for the reader's own copy: how many there are. It then has no segments.
    var withheldWords: Int?
    /// Of a passage of a paper copy whose words are withheld.
    var paraphrase: String?

    /// The words of one annotation in one passage.
    struct Mark: Sendable {
        /// `a`, `b` … in the order in which they begin.
        var key: String
        /// Index in ``SelectedWork/annotations``.
        var annotation: Int
        /// In ``Document/reading``, in order, white space at the ends left out.
        var ranges: [ByteRange]
        /// Height of its line under the words: marks that meet have different lanes.
        var lane: Int
    }

    /// A stretch of text under the same marks.
    struct Segment: Sendable {
        var text: String
        /// Indices of marks, the highest lane first.
        var marks: [Int] = []
        /// Marks that begin here, the longest first.
        var opens: [Int] = []
        /// Marks that end here, the latest begun first.
        var closes: [Int] = []
        /// A line of verse begins here.
        var breaksLine = false
        /// Call mark of a note that stands before this stretch.
        var call: String?
    }

    struct Note: Sendable {
        var call: String
        var text: String
    }
}

/// Marks passages of one work.
struct PassageMarker {
    let work: SelectedWork
    let index: Int
    let strings: SheetStrings

    /// Marks all annotations that have words in a passage.
    func mark(_ passage: Int32, number: Int) -> MarkedPassage {
        let document = work.document
        let place = document.passages[Int(passage)]
        let marks = marks(in: passage)
        let calls = document.noteCalls.enumerated()
            .filter { place.reading.start <= $0.element.reading && $0.element.reading <= place.reading.end }
        return MarkedPassage(
            work: index, passage: passage, number: number,
            locator: document.locator(for: place.raw, in: passage), speaker: speaker(of: place),
            marks: marks, segments: segments(of: place, marks: marks),
            notes: calls.compactMap { call in
                guard document.passages.indices.contains(Int(call.element.note)) else { return nil }
                return MarkedPassage.Note(
                    call: call.element.mark ?? String(call.offset + 1),
                    text: document.readingText(document.passages[Int(call.element.note)]))
            })
    }

    private func speaker(of passage: Passage) -> String? {
        guard passage.kind == .speech || passage.kind == .verse else { return nil }
        let speech = work.document.speeches.last { $0.raw.contains(passage.raw) || passage.raw.contains($0.raw) }
        guard let speech, !speech.who.isEmpty else { return nil }
        let phrases = SubjectPhrases(work: work.document.work, strings: strings)
        return strings.list(speech.who.map(phrases.name))
    }

    // MARK: - Marks

    private func marks(in passage: Int32) -> [MarkedPassage.Mark] {
        var found: [MarkedPassage.Mark] = []
        for (index, annotation) in work.annotations.enumerated() where annotation.verdict.isShown {
            let ranges = annotation.pieces.filter { $0.passage == passage }
                .map { readingRange(of: $0.raw, in: passage) }.filter { !$0.isEmpty }
            guard !ranges.isEmpty else { continue }
            found.append(MarkedPassage.Mark(key: "", annotation: index, ranges: ranges.sorted(), lane: 0))
        }
        found.sort { left, right in
            (left.ranges[0].start, -left.end, left.annotation) < (right.ranges[0].start, -right.end, right.annotation)
        }
        // A lane is free again where the mark in it has ended.
        var ends: [Int32] = []
        for index in found.indices {
            let start = found[index].ranges[0].start
            let lane = ends.firstIndex { $0 <= start } ?? ends.count
            if lane == ends.count { ends.append(0) }
            ends[lane] = found[index].end
            found[index].lane = lane
            found[index].key = Self.key(index)
        }
        return found
    }

    /// `a` … `z`, `aa` …
    private static func key(_ index: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        let last = String(letters[index % 26])
        return index < 26 ? last : key(index / 26 - 1) + last
    }

    /// The shown words of a raw range, white space at both ends left out.
    func readingRange(of raw: ByteRange, in passage: Int32) -> ByteRange {
        let document = work.document
        let place = document.passages[Int(passage)]
        var start = document.readingOffset(ofRaw: max(raw.start, place.raw.start), in: place)
        var end = document.readingOffset(ofRaw: min(raw.end, place.raw.end), in: place)
        if raw.end >= place.raw.end { end = place.reading.end }
        let bytes = document.reading
        while start < end, Self.isSpace(bytes[Int(start)]) { start += 1 }
        while end > start, Self.isSpace(bytes[Int(end) - 1]) { end -= 1 }
        return ByteRange(start, end)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    // MARK: - Segments

    private func segments(of place: Passage, marks: [MarkedPassage.Mark]) -> [MarkedPassage.Segment] {
        let document = work.document
        let lines = lineStarts(of: place)
        let calls = document.noteCalls.enumerated()
            .filter { place.reading.start <= $0.element.reading && $0.element.reading <= place.reading.end }
        var borders: Set<Int32> = [place.reading.start, place.reading.end]
        for mark in marks { for range in mark.ranges { borders.formUnion([range.start, range.end]) } }
        borders.formUnion(lines)
        borders.formUnion(calls.map(\.element.reading))
        let sorted = borders.filter { place.reading.start <= $0 && $0 <= place.reading.end }.sorted()

        var segments: [MarkedPassage.Segment] = []
        for (start, end) in zip(sorted, sorted.dropFirst() + [place.reading.end]) where start < end || !calls.isEmpty {
            var segment = MarkedPassage.Segment(text: text(start, end))
            segment.breaksLine = lines.contains(start)
            segment.call = calls.first { $0.element.reading == start }.map { $0.element.mark ?? String($0.offset + 1) }
            guard start < end || segment.call != nil else { continue }
            let active = marks.indices.filter { mark in
                start < end && marks[mark].ranges.contains { $0.start <= start && end <= $0.end }
            }
            segment.marks = active.sorted { marks[$0].lane > marks[$1].lane }
            segment.opens = active.filter { marks[$0].ranges.contains { $0.start == start } }
            segment.closes = active.filter { marks[$0].ranges.contains { $0.end == end } }.reversed()
            segments.append(segment)
        }
        return segments
    }

    private func text(_ start: Int32, _ end: Int32) -> String {
        String(decoding: work.document.reading[Int(start)..<Int(end)], as: UTF8.self)
    }

    /// Starts of lines of verse in ``Document/reading``, without the first.
    private func lineStarts(of place: Passage) -> Set<Int32> {
        guard place.kind == .verse || place.kind == .speech else { return [] }
        let document = work.document
        var starts: Set<Int32> = []
        for line in document.lines where place.raw.start < line.raw && line.raw < place.raw.end {
            let offset = document.readingOffset(ofRaw: line.raw, in: place)
            if offset > place.reading.start, offset < place.reading.end { starts.insert(offset) }
        }
        return starts
    }
}

extension MarkedPassage.Mark {
    var end: Int32 { ranges.map(\.end).max() ?? 0 }
}
