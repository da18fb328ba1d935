/// Language tags as texts and cue files have them: `en-GB`, `eng`.
package enum LanguageTag {
    /// The first part, lower case, three letters made two where both exist: `en` for `en-GB`, `eng`, `EN`.
    package static func primary(of tag: String) -> String {
        let first = String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased()
        return twoLetters[first] ?? first
    }

    /// The tag with two letters in place of three where both exist, as RFC 5646 asks: `en-GB` for `eng-GB`.
    package static func normalized(_ tag: String) -> String {
        let first = tag.prefix { $0 != "-" && $0 != "_" }
        guard let short = twoLetters[first.lowercased()] else { return tag }
        return short + tag.dropFirst(first.count)
    }

    /// ISO 639-2 codes that texts use in place of two letters.
    private static let twoLetters = [
        "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt",
        "nld": "nl", "dut": "nl", "rus": "ru", "swe": "sv", "dan": "da", "nor": "no", "fin": "fi", "hun": "hu",
        "ron": "ro", "rum": "ro", "pol": "pl", "ces": "cs", "cze": "cs", "ell": "el", "gre": "el", "lat": "la",
        "slv": "sl", "srp": "sr", "gle": "ga", "cym": "cy", "wel": "cy", "jpn": "ja", "zho": "zh", "chi": "zh",
        "ara": "ar", "heb": "he", "ukr": "uk", "tur": "tr", "kor": "ko", "hin": "hi",
    ]
}
