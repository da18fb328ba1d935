import Foundation
import LayerFiles
import Readers
import TextModel

/// One novel under one edit script.
struct Trial {
    let novel: String
    let version: Edit.Version
    var random: SeededGenerator
    var showsFailures = false
    /// Number of quotes.
    var wanted = 200

    private struct Quote {
        /// In the old raw text.
        var range: Range<Int>
        var annotation: Annotation
    }

    /// Where a quote truly is in the new raw text, and how much of it changed.
    private struct Truth {
        var range: Range<Int>?
        /// Share of the characters deleted or put in.
        var change: Double
    }

    mutating func run(_ tallies: inout (Tally, Tally, Tally)) throws {
        let oldSource = SourceText(version.old)
        let newSource = SourceText(version.new)
        guard let old = TEIReader.read(version.old, path: "Corpus/novel.xml").documents.first,
            let new = TEIReader.read(version.new, path: "Corpus/novel.xml").documents.first
        else { throw Problem(text: "\(novel) cannot be read after the edit") }
        guard old.raw == oldSource.raw, new.raw == newSource.raw else {
            throw Problem(text: "\(novel): two readers, two texts")
        }
        let quotes = makeQuotes(old)
        let truths = truths(of: quotes, oldSource, newSource)
        let start = Date()
        let anchored = Anchoring.anchor(
            quotes.map(\.annotation), sha256: old.sha256, layerFile: "l", layer: "l", to: DocumentPlaces(new))
        tallies.0.seconds += Date().timeIntervalSince(start)
        let shift = Baselines.DiffShift(old: old.raw, new: new.raw)
        for (index, quote) in quotes.enumerated() {
            let anchor = anchored[index]
            let candidates = anchor.candidates.map { hull($0) }
            let place = anchor.verdict.isShown ? hull(anchor.pieces) : anchor.verdict == .fuzzy ? candidates.first : nil
            let outcome: Outcome =
                switch anchor.verdict {
                case .exact, .moved: .shown(place ?? 0..<0)
                case .fuzzy: .asked([place ?? 0..<0])
                case .ambiguous: .listed(candidates)
                case .orphaned: .orphaned
                }
            let isRight = count(outcome, truths[index], new.raw, &tallies.0)
            if showsFailures, !isRight { report(quote, truths[index], anchor, old, new) }
            let moved =
                shift.move(
                    quote.range.lowerBound)..<max(
                    shift.move(quote.range.lowerBound), shift.move(quote.range.upperBound))
            count(moved.isEmpty ? .orphaned : .shown(moved), truths[index], new.raw, &tallies.1)
            let prefix = old.raw[max(0, quote.range.lowerBound - 32)..<quote.range.lowerBound]
            let suffix = old.raw[quote.range.upperBound..<min(old.raw.count, quote.range.upperBound + 32)]
            let found = Baselines.exactContext(new.raw, prefix: prefix, exact: old.raw[quote.range], suffix: suffix)
            count(found.map { .shown($0) } ?? .orphaned, truths[index], new.raw, &tallies.2)
        }
    }

    // MARK: - Quotes

    /// 200 quotes of 1 to 60 words, log-uniform; a tenth of them stands more than once in the text, the others once.
    private mutating func makeQuotes(_ document: Document) -> [Quote] {
        var quotes: [Quote] = []
        let passages = document.passages.indices.filter {
            document.passages[$0].kind == .text && document.passages[$0].own.count == 1
                && document.passages[$0].raw.count > 20
        }
        var tries = 0
        while quotes.count < wanted, tries < 20_000 {
            tries += 1
            // By their length: each word is as likely as any other.
            guard let index = passages.randomElement(using: &random) else { break }
            let passage = document.passages[index]
            if Int.random(in: 0..<1500, using: &random) > passage.raw.count { continue }
            let words = Self.words(document.raw, passage.raw.indices)
            let length = Int(exp(Double.random(in: 0...log(60.99), using: &random)))
            guard words.count >= length, length > 0 else { continue }
            let first = Int.random(in: 0...words.count - length, using: &random)
            let range = words[first].lowerBound..<words[first + length - 1].upperBound
            let isRepeated = Self.occursTwice(document.raw, range)
            guard isRepeated == (quotes.count % 10 == 0) else { continue }
            let piece = AnchoredPiece(passage: Int32(index), raw: ByteRange(range.lowerBound, range.upperBound))
            let target = Target(of: piece, in: document, layerPath: "Corpus/novel.ana.xml")
            quotes.append(Quote(range: range, annotation: Annotation(id: "a-\(quotes.count)", targets: [target])))
        }
        return quotes
    }

    private static func words(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            let isBlank = bytes[index] <= 0x20
            while index < range.upperBound, (bytes[index] <= 0x20) == isBlank { index += 1 }
            if !isBlank { words.append(start..<index) }
        }
        return words
    }

    private static func occursTwice(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let first = Baselines.exactContext(bytes, prefix: [], exact: bytes[range], suffix: [])
        guard let first, first.lowerBound == range.lowerBound else { return first != nil }
        let rest = Array(bytes[(first.lowerBound + 1)...])
        return Baselines.exactContext(rest, prefix: [], exact: bytes[range], suffix: []) != nil
    }

    // MARK: - Truth

    private func truths(of quotes: [Quote], _ old: SourceText, _ new: SourceText) -> [Truth] {
        // For each byte of the old raw text, its byte in the new one.
        var places = [Int32](repeating: -1, count: old.raw.count)
        var isVisible = [Bool](repeating: true, count: new.raw.count)
        if version.isCounted {
            let after = new.raw.indices.filter { new.raw[$0] > 0x20 }
            for (number, index) in old.raw.indices.filter({ old.raw[$0] > 0x20 }).enumerated() {
                places[index] = Int32(after[number])
            }
        } else {
            var rawOfSource: [Int32: Int32] = [:]
            for (index, source) in old.sources.enumerated() { rawOfSource[source] = Int32(index) }
            var hiddenBytes = Set<Int32>()
            for range in version.hidden { for byte in range { hiddenBytes.insert(Int32(byte)) } }
            for (index, source) in new.sources.enumerated() {
                if hiddenBytes.contains(source) { isVisible[index] = false }
                let origin = version.origins[Int(source)]
                guard origin >= 0 else { continue }
                // Several bytes can stand for one: the first and the last both count.
                if let raw = rawOfSource[origin], places[Int(raw)] < 0 { places[Int(raw)] = Int32(index) }
            }
        }
        return quotes.map { quote in
            let whole = quote.range.filter { old.raw[$0] > 0x20 && old.raw[$0] & 0xC0 != 0x80 }
            let kept = whole.compactMap { places[$0] >= 0 ? Int(places[$0]) : nil }
            guard kept.count * 2 > whole.count, let low = kept.min(), let high = kept.max() else {
                return Truth(range: nil, change: 1)
            }
            var end = high + 1
            while end < new.raw.count, new.raw[end] & 0xC0 == 0x80 { end += 1 }
            let there = (low..<end).filter { new.raw[$0] > 0x20 && new.raw[$0] & 0xC0 != 0x80 && isVisible[$0] }
            let known = Set(kept)
            let added = version.isCounted ? 0 : there.filter { !known.contains($0) && !isSubstitute($0, new) }.count
            return Truth(range: low..<end, change: Double(whole.count - kept.count + added) / Double(whole.count))
        }
    }

    /// A byte that stands for an old one which has its first byte elsewhere: of two dashes for one, the second.
    private func isSubstitute(_ raw: Int, _ new: SourceText) -> Bool { version.origins[Int(new.sources[raw])] >= 0 }

    private func hull(_ pieces: [AnchoredPiece]) -> Range<Int> {
        guard let low = pieces.map(\.raw.start).min(), let high = pieces.map(\.raw.end).max() else { return 0..<0 }
        return Int(low)..<Int(high)
    }

    // MARK: - Counting

    private enum Outcome {
        case shown(Range<Int>)
        case asked([Range<Int>])
        case listed([Range<Int>])
        case orphaned
    }

    @discardableResult
    private func count(_ outcome: Outcome, _ truth: Truth, _ raw: [UInt8], _ tally: inout Tally) -> Bool {
        var counts = Tally.Counts()
        switch outcome {
        case .shown(let place): if isSame(place, truth, raw) { counts.right = 1 } else { counts.silent = 1 }
        case .asked(let places):
            if places.contains(where: { isSame($0, truth, raw) }) { counts.right = 1 } else { counts.flagged = 1 }
        case .listed(let places):
            if places.contains(where: { isSame($0, truth, raw) }) { counts.listed = 1 } else { counts.flagged = 1 }
        case .orphaned: if truth.range == nil { counts.right = 1 } else { counts.orphaned = 1 }
        }
        switch truth.change {
        case 0: tally.kept.add(counts)
        case ...0.1: tally.changed.add(counts)
        case _ where truth.range == nil: tally.deleted.add(counts)
        default: tally.damaged.add(counts)
        }
        return counts.right == 1
    }

    /// The same words: four fifths of what either covers is common to both (an edit at the border is nobody's).
    private func isSame(_ place: Range<Int>, _ truth: Truth, _ raw: [UInt8]) -> Bool {
        guard let range = truth.range, !place.isEmpty else { return false }
        let common = place.clamped(to: range)
        let all = min(place.lowerBound, range.lowerBound)..<max(place.upperBound, range.upperBound)
        // White space, no-break spaces too, and the later bytes of a character do not count.
        func letters(_ range: Range<Int>) -> Int {
            range.count { raw[$0] > 0x20 && raw[$0] != 0xC2 && raw[$0] != 0xA0 && raw[$0] != UInt8(ascii: "-") }
        }
        if letters(range) == 0 { return common.lowerBound < common.upperBound }
        return Double(letters(common)) >= 0.8 * Double(letters(all))
    }

    private func report(_ quote: Quote, _ truth: Truth, _ anchor: AnchoredAnnotation, _ old: Document, _ new: Document)
    {
        let words = old.rawText(ByteRange(quote.range.lowerBound, quote.range.upperBound))
        let isTrue = truth.range.map { new.rawText(ByteRange($0.lowerBound, $0.upperBound)) } ?? "(deleted)"
        let given = (anchor.verdict.isShown ? [anchor.pieces] : anchor.candidates).map { pieces in
            pieces.map { new.rawText($0.raw) }.joined(separator: "|")
        }
        print("    \(novel) \(anchor.verdict) change \(String(format: "%.2f", truth.change))")
        print("      old:  \(words)\n      true: \(isTrue)\n      got:  \(given.joined(separator: " ## "))")
        print(
            "      context: \(quote.annotation.targets[0].quote.prefix ?? "") … \(quote.annotation.targets[0].quote.suffix ?? "")"
        )
    }
}

struct Problem: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
}
