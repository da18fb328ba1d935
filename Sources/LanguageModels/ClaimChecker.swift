import Foundation
import LayerFiles
import TextModel

/// Takes from a model's claims only what can be true: concepts of the scheme, words of the text.
struct ClaimChecker: Sendable {
    /// Ids of the concepts that were asked for.
    let concepts: Set<String>

    /// What is left of some claims, and how many were dropped for which reason.
    struct Result: Sendable, Equatable {
        var claims: [CheckedClaim] = []
        var inventedQuotes = 0
        var unknownConcepts = 0
    }

    func check(_ claims: [Claim], against text: String) -> Result {
        var result = Result()
        for claim in claims {
            let concept = claim.concept.trimmingCharacters(in: .whitespaces)
            guard concepts.contains(concept) else {
                result.unknownConcepts += 1
                continue
            }
            guard let range = place(of: claim.quote, in: text) else {
                result.inventedQuotes += 1
                continue
            }
            let checked = CheckedClaim(
                concept: concept, range: range, confidence: Self.confidence(claim.confidence),
                stance: claim.stance.flatMap(Stance.init) ?? .supports,
                reason: Self.line(claim.reason ?? ""))
            // A model that repeats itself is heard once.
            if !result.claims.contains(where: { $0.concept == concept && $0.range == range }) {
                result.claims.append(checked)
            }
        }
        return result
    }

    /// Where words stand: letter by letter, or but for white space, quotation marks and dashes. Without the
    /// quotation marks and dots that models put around a quote, where they stand nowhere with them.
    private func place(of quote: String, in text: String) -> ByteRange? {
        let around = CharacterSet(charactersIn: "\"'“”„‘’‚«»‹›`… .").union(.whitespacesAndNewlines)
        let document = Document(onePassage: text, language: "")
        for words in [quote, quote.trimmingCharacters(in: around)] {
            // One letter stands everywhere and shows nothing.
            guard words.unicodeScalars.count(where: { $0.properties.isAlphabetic }) > 1 else { continue }
            let bytes = Array(words.utf8)
            if let start = document.raw.firstRange(of: bytes)?.lowerBound {
                return ByteRange(start, start + bytes.count)
            }
            let found = QuoteFinder.find(words, in: document).first { $0.isExact }
            if let piece = found?.pieces.first { return piece.raw }
        }
        return nil
    }

    /// Models say 0.9, and some of them 90. Nothing that a model says is certain or impossible.
    private static func confidence(_ stated: Double?) -> Double {
        // A model that names no confidence has at least named the concept.
        guard let stated, stated.isFinite, stated >= 0 else { return 0.5 }
        let share = stated > 1 ? stated / 100 : stated
        return min(0.99, max(0.01, share))
    }

    /// For people: one line that fits a terminal twice.
    private static func line(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        // Control characters could write over the terminal.
        let plain = String(
            String.UnicodeScalarView(words.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F })
        )
        let longest = 160
        return plain.count > longest ? plain.prefix(longest) + "…" : plain
    }
}
