package import TextModel

/// What a person should know of how a query was understood: `felt` is no concept and was searched as a word.
package struct QueryNote: Sendable, Equatable {
    package var text: String
    package var saved: String?
    package var place: Place
    package var summary: String
    package var advice: String?

    package init(at place: Place, in text: String, saved: String? = nil, _ summary: String, advice: String? = nil) {
        self.place = place
        self.text = text
        self.saved = saved
        self.summary = summary
        self.advice = advice
    }

    package var diagnostic: Diagnostic {
        Diagnostic(
            "query-note", .note, file: saved ?? "query", at: sourceLocation(of: place, in: text), summary,
            advice: advice)
    }
}
