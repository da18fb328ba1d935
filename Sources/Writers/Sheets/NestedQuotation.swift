/// Words that stand in quotation marks on a sheet, with the marks that they bring turned into those of a second level.
///
/// A quotation is verbatim in every word; which marks stand around speech within it is a matter of the sheet.
enum NestedQuotation {
    /// The name that templates call, `{{nested(quote)}}`. A transform knows nothing but its name, so that of the
    /// language is added to it before a template is read.
    static let transform = "nested"

    static func name(in language: String) -> String { transform + "-" + language }

    /// Marks of the first level in a language, and those of the second.
    private static func marks(in language: String) -> [Character: Character] {
        switch language {
        case "de": ["“": "‚", "”": "‘", "„": "‚"]
        case "fr", "es": ["«": "“", "»": "”"]
        default: ["“": "‘", "”": "’"]
        }
    }

    static func text(_ text: String, in language: String) -> String {
        let marks = marks(in: language)
        guard text.contains(where: { marks[$0] != nil }) else { return text }
        return String(text.map { marks[$0] ?? $0 })
    }
}
