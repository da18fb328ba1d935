import Analysis
import TextModel

/// A work of a chart: its measure, what is said of it, and how its people are called.
struct ChartWork {
    let index: Int
    let document: Document
    let annotations: [AnchoredAnnotation]
    let scale: WordScale
    /// What is charted.
    let evidence: [Evidence]
    /// All that the chosen layers say, whatever was asked.
    let all: [Evidence]
    let phrases: SubjectPhrases

    init(_ work: SelectedWork, index: Int, strings: SheetStrings, found: Set<String>?, concepts: Set<String>?) {
        self.index = index
        document = work.document
        annotations = work.annotations
        scale = WordScale(work.document)
        all = Evidence.collect(work.annotations, on: scale, work: index)
        let annotations = work.annotations
        let wanted = found.map { found in annotations.map { found.contains($0.qualifiedID) } }
        evidence = Evidence.collect(annotations, on: scale, work: index) { wanted?[$0] ?? true }
            .filter { concepts?.contains($0.concept) ?? true }
        phrases = SubjectPhrases(work: work.document.work, strings: strings)
    }

    var title: String { WorkCitation.title(document.work.title) }

    /// Where evidence stands, as people cite it.
    func locator(_ evidence: Evidence) -> String {
        guard let piece = annotations[evidence.annotation].pieces.first else { return "" }
        return document.locator(for: piece.raw, in: piece.passage).label
    }

    /// The annotated words; `nil` for a restricted work, of which only handouts quote, within their limit.
    func quote(_ evidence: Evidence) -> String? {
        guard document.work.availability != .restricted else { return nil }
        let pieces = annotations[evidence.annotation].pieces.map { piece -> String in
            let passage = document.passages[Int(piece.passage)]
            let start = document.readingOffset(ofRaw: piece.raw.start, in: passage)
            let end = document.readingOffset(ofRaw: piece.raw.end, in: passage)
            return String(decoding: document.reading[Int(start)..<max(Int(start), Int(end))], as: UTF8.self)
        }
        return pieces.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.joined(separator: " … ")
    }

    /// "Jane towards Max", "Jane"; `nil` where nobody is meant.
    func about(_ evidence: Evidence, strings: SheetStrings) -> String? {
        let about = annotations[evidence.annotation].annotation.about
        return about.isEmpty ? nil : strings.list(about.map(phrases.phrase))
    }
}
