package import QueryLanguage
import WordForms

/// Orders that need all hits: by the words beside what matched, as a concordance is read, or by title.
package enum HitOrder: Sendable {
    /// By the words before the match, the nearest first.
    case left
    /// By the words of the match and those behind it.
    case right
    /// By the titles of the works, each with its hits as they came.
    case work

    /// A hit and one of the marks in it; `nil` for a hit without any.
    package struct Line: Sendable {
        package var hit: Hit
        package var mark: Range<Int>?
    }

    /// More words than this decide nothing that a reader would see.
    private static let words = 12
    /// Bytes in which so many words nearly always stand; passages may be long.
    private static let window = 200

    /// `eachMark` gives a line to each mark, as a concordance has it; else the first one counts. Capitals, accents
    /// and signs do not count; equal lines stay as they came.
    package func lines(_ hits: [Hit], eachMark: Bool) -> [Line] {
        let lines = hits.flatMap { hit -> [Line] in
            guard eachMark, hit.marks.count > 1 else { return [Line(hit: hit, mark: hit.marks.first)] }
            return hit.marks.map { Line(hit: hit, mark: $0) }
        }
        let keyed = lines.map { (key: key(of: $0), line: $0) }
        // The standard sort is stable.
        return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.line)
    }

    private func key(of line: Line) -> [String] {
        if self == .work { return [Folding.foldedWithoutAccents(line.hit.title), line.hit.document] }
        guard let mark = line.mark, let display = line.hit.display else { return [] }
        let bytes = Array(display.utf8)
        let start = min(max(mark.lowerBound, 0), bytes.count)
        switch self {
        case .left: return Self.folded(bytes[max(0, start - Self.window)..<start].split(separator: 0x20).reversed())
        default:
            let end = min(bytes.count, max(start, mark.upperBound) + Self.window)
            return Self.folded(bytes[start..<end].split(separator: 0x20))
        }
    }

    private static func folded(_ words: [ArraySlice<UInt8>]) -> [String] {
        words.prefix(Self.words).compactMap { word in
            let scalars = Folding.foldedWithoutAccents(String(decoding: word, as: UTF8.self)).unicodeScalars.filter {
                $0.properties.isAlphabetic || $0.properties.numericType != nil
            }
            return scalars.isEmpty ? nil : String(String.UnicodeScalarView(scalars))
        }
    }
}
