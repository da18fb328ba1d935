import TextModel

extension SheetMaterial {
    /// The shown words of an annotation, wherever in the work they stand; pieces are joined with an ellipsis.
    func quote(_ anchored: AnchoredAnnotation, in work: Int) -> String {
        let marker = PassageMarker(work: selection.works[work], index: work, strings: strings)
        let reading = selection.works[work].document.reading
        return words(
            anchored.pieces.sorted { $0.raw < $1.raw }
                .map { marker.readingRange(of: $0.raw, in: $0.passage) }.filter { !$0.isEmpty }
                .map { String(decoding: reading[$0.indices], as: UTF8.self) }.joined(separator: " … "))
    }

    /// Where an annotation stands: "pt. 1, ch. 3, ¶ 2, p. 27".
    func locator(_ anchored: AnchoredAnnotation, in work: Int) -> String? {
        guard let piece = anchored.pieces.min(by: { $0.raw < $1.raw }) else { return nil }
        return selection.works[work].document.locator(for: piece.raw, in: piece.passage).label
    }

    /// Number of the passage on the sheets of this family, where it is on them.
    func number(_ anchored: AnchoredAnnotation, in work: Int) -> Int? {
        passages.first { passage in
            passage.work == work && anchored.pieces.contains { $0.passage == passage.passage }
        }?.number
    }

    /// Annotations with a place in a work, in the order of the text.
    func placed(in work: Int) -> [AnchoredAnnotation] {
        selection.works[work].annotations.filter { $0.verdict.isShown && !$0.pieces.isEmpty }
            .sorted { left, right in
                (left.pieces.map(\.raw.start).min() ?? 0) < (right.pieces.map(\.raw.start).min() ?? 0)
            }
    }

    /// Words quoted where a sheet quotes other words than the chosen passages: stretches of the reading text. A word
    /// that is quoted twice counts once.
    func quoted(ranges: [PassagePlace: [ByteRange]]) -> [QuotedWords] {
        Set(ranges.keys.map(\.work)).sorted().map { index in
            let work = selection.works[index]
            var counter = WordCounter(work.document)
            var count = 0
            for (place, ranges) in ranges where place.work == index && options.showsQuotations {
                count += counter.count(in: place.passage, ranges)
            }
            return work.quoted(count, of: totals[index] ?? work.wordTotal, limit: selection.quotationLimit)
        }
    }

    /// Words quoted where a sheet quotes marked words and not whole passages.
    func quotedMarks(_ isQuoted: (AnchoredAnnotation) -> Bool) -> [QuotedWords] {
        var ranges: [PassagePlace: [ByteRange]] = [:]
        for passage in passages {
            ranges[PassagePlace(work: passage.work, passage: passage.passage), default: []] += passage.marks
                .filter { isQuoted(annotation($0, passage)) }.flatMap(\.ranges)
        }
        return quoted(ranges: ranges)
    }
}
