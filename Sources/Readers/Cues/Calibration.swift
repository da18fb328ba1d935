/// Turns combined evidence (0…1) into a score that keeps its promise: of suggestions near s a share s is right.
package enum Calibration: Sendable, Equatable {
    /// Platt scaling: the logistic of `slope` × logit(evidence) + `intercept`.
    case platt(slope: Double, intercept: Double)
    /// Isotonic regression: the score of the last step at or below the evidence; steps rise in both.
    case steps([Step])

    package struct Step: Sendable, Equatable {
        package var evidence: Double
        package var score: Double

        package init(evidence: Double, score: Double) {
            self.evidence = evidence
            self.score = score
        }
    }
}

/// Language tags, as far as sets of cues go by them.
package enum LanguageTag {
    /// The first part, lower case, three letters made two where both exist: `en` for `en-GB`, `eng`, `EN`.
    package static func primary(of tag: String) -> String {
        let first = String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased()
        return twoLetters[first] ?? first
    }

    /// ISO 639-2 codes that texts use in place of two letters.
    private static let twoLetters = [
        "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt",
        "nld": "nl", "dut": "nl", "rus": "ru", "swe": "sv", "dan": "da", "nor": "no", "fin": "fi", "hun": "hu",
        "ron": "ro", "rum": "ro", "pol": "pl", "ces": "cs", "cze": "cs", "ell": "el", "gre": "el", "lat": "la",
    ]
}
