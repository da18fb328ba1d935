/// Why a passage gets its scores, as short paragraphs for people.
package struct ExplanationFigures: Sendable {
    package struct Part: Sendable {
        package var words: String
        package var drop: Double
        package init(words: String, drop: Double) {
            self.words = words
            self.drop = drop
        }
    }

    package var concept: String
    package var score: Double
    package var threshold: Double
    package var encoder: Double
    package var cues: Double
    package var cueReason: String?
    package var sentences: [Part]
    package var words: [Part]

    package init(
        concept: String, score: Double, threshold: Double, encoder: Double, cues: Double, cueReason: String?,
        sentences: [Part], words: [Part]
    ) {
        self.concept = concept
        self.score = score
        self.threshold = threshold
        self.encoder = encoder
        self.cues = cues
        self.cueReason = cueReason
        self.sentences = sentences
        self.words = words
    }

    /// What `suggest --explain` prints of a concept.
    package func text(width: Int) -> String {
        let isShown = score >= threshold
        var text =
            "\(concept)  \(percent(score))  (\(isShown ? "suggested" : "not suggested"), from \(percent(threshold)) on)\n"
        text += wrapped(
            "encoder \(percent(encoder)); cues \(cues > 0 ? percent(cues) + ": " + (cueReason ?? "") : "none")",
            width: width, indentation: "  ")
        if sentences.count > 1 {
            text += "  without a sentence or clause the log odds change by\n"
            for part in sentences {
                text += wrapped("\(signed(-part.drop))  “\(part.words)”", width: width, indentation: "    ")
            }
        }
        if !words.isEmpty {
            let list = words.map { "“\($0.words)” \(signed(-$0.drop))" }.joined(separator: ", ")
            text += wrapped("without a word: " + list, width: width, indentation: "  ")
        }
        return text
    }

    private func percent(_ score: Double) -> String { "\(Int((score * 100).rounded())) %" }

    /// One digit, with a sign that is as wide as a plus.
    private func signed(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let size = abs(tenths)
        return "\(tenths < 0 ? "−" : "+")\(size / 10).\(size % 10)"
    }
}
