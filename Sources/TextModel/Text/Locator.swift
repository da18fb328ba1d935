/// Where a range stands in its work, as people cite it.
package struct Locator: Sendable, Equatable {
    /// From the outside in, levels that occur once left out.
    package var parts: [String]
    /// Page at the start, and at the end where it is another one.
    package var page: String?
    package var lastPage: String?
    package var line: String?
    package var lastLine: String?
    /// Number of the paragraph in its innermost part.
    package var paragraph: Int?
    /// As people read it: "vol. 1, ch. 3, ¶ 12, p. 27".
    package var label: String

    package init(
        parts: [String] = [], page: String? = nil, lastPage: String? = nil, line: String? = nil,
        lastLine: String? = nil, paragraph: Int? = nil, label: String = ""
    ) {
        self.parts = parts
        self.page = page
        self.lastPage = lastPage
        self.line = line
        self.lastLine = lastLine
        self.paragraph = paragraph
        self.label = label
    }
}
