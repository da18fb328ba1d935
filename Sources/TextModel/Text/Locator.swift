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
    /// As an index prints it: the page, with its part where the number repeats; the label where there are no pages.
    package var short: String

    package init(
        parts: [String] = [], page: String? = nil, lastPage: String? = nil, line: String? = nil,
        lastLine: String? = nil, paragraph: Int? = nil, label: String = "",
        short: String = ""
    ) {
        self.parts = parts
        self.page = page
        self.lastPage = lastPage
        self.line = line
        self.lastLine = lastLine
        self.paragraph = paragraph
        self.label = label
        self.short = short
    }
}
