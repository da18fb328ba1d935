/// A style of word processors, said once for both of their formats.
///
/// The set has the styles that pandoc uses by name (Title, Heading 1, Body Text …) and those that `sheet.lua` gives
/// to what a sheet has besides.
struct DocumentStyle {
    enum Family { case paragraph, character }
    enum Border { case none, left, below, above, box }
    enum Underline { case none, solid, dashed, dotted }

    var name: String
    var family = Family.paragraph
    var parent: String? = "Normal"
    var isSans: Bool?
    /// Points.
    var size: Double?
    var isBold: Bool?
    var isItalic: Bool?
    var isRaised = false
    /// `RRGGBB`.
    var colour: String?
    var underline = Underline.none
    /// Points before and after a paragraph; lines in hundredths of their height.
    var before: Double?
    var after: Double?
    var line: Int?
    /// Millimetres: from the left, of lines after the first too; a negative first line hangs.
    var indent: Double?
    var firstIndent: Double?
    /// Millimetres from the right.
    var endIndent: Double?
    /// Millimetres from the left edge of the text.
    var tab: Double?
    /// Millimetres from there to the right edge of a page number, with dots before it.
    var numberTab: Double?
    var border = Border.none
    var staysWithNext = false
    var staysWhole = false
    /// Of a heading, from 1.
    var outline: Int?

    private static let soft = "5B544D"
    private static let accent = "7C2438"
    private static let against = "1D4F73"
    private static let open = "65540C"

    /// In the order of the style sheet; parents stand before those that build on them.
    static let all: [DocumentStyle] = paragraphs + characters

    private static let paragraphs: [DocumentStyle] = [
        DocumentStyle(name: "Normal", parent: nil, isSans: false, size: 10.5, before: 0, after: 5, line: 122),
        DocumentStyle(name: "Body Text"),
        DocumentStyle(name: "First Paragraph", parent: "Body Text"),
        DocumentStyle(name: "Compact", parent: "Body Text", after: 2),
        DocumentStyle(name: "Title", size: 25, before: 0, after: 4, line: 105, staysWithNext: true),
        DocumentStyle(name: "Subtitle", isItalic: true, colour: soft, after: 10),
        DocumentStyle(name: "Author", colour: soft), DocumentStyle(name: "Date", colour: soft),
        DocumentStyle(
            name: "Kicker", isSans: true, size: 8, isBold: true, colour: accent, after: 4, staysWithNext: true),
        DocumentStyle(name: "Byline", isItalic: true, colour: soft, after: 3),
        heading(1, size: 15, before: 20, after: 5, isSans: false),
        heading(2, size: 10.5, before: 12, after: 3, isSans: true),
        heading(3, size: 9, before: 8, after: 2, isSans: true),
        heading(4, size: 9, before: 6, after: 2, isSans: true),
        DocumentStyle(
            name: "Minor Heading", isSans: true, size: 9.5, isBold: true, before: 10, after: 3, staysWithNext: true,
            outline: 1),
        // What stands in two columns does not touch.
        DocumentStyle(name: "Table Entry", size: 9.5, after: 3, line: 110, endIndent: 2.5, staysWhole: true),
        DocumentStyle(name: "Table Heading", isSans: true, size: 9, isBold: true, after: 3, staysWithNext: true),
        // An abbreviation, and what it stands for at the stop.
        DocumentStyle(name: "Term Line", size: 9.5, after: 2, line: 110, indent: 18, firstIndent: -18, tab: 18),
        DocumentStyle(name: "Option Line", after: 2, indent: 7, firstIndent: -7, tab: 7, staysWithNext: true),
        // The name of what a list below it holds.
        DocumentStyle(name: "Run In", before: 3, after: 2, staysWithNext: true),
        DocumentStyle(name: "Lead", size: 12, after: 6),
        DocumentStyle(name: "Headnote", isItalic: true, colour: soft, after: 3, staysWithNext: true),
        // The number of a line stands at the edge, its words at the stop.
        DocumentStyle(name: "Passage", after: 4, line: 140, tab: 9, border: .left, staysWhole: true),
        DocumentStyle(name: "Speaker", isSans: true, size: 8.5, after: 2, indent: 9, staysWithNext: true),
        DocumentStyle(name: "Source", size: 9, isItalic: true, colour: soft, after: 10),
        DocumentStyle(name: "Margin Note", isSans: true, size: 8, colour: soft, after: 2),
        DocumentStyle(name: "Care", after: 3, indent: 4, border: .left),
        DocumentStyle(name: "Block Text", after: 5, indent: 9, border: .left),
        DocumentStyle(name: "Answer Line", isSans: true, size: 8.5, colour: soft, before: 15, after: 3, border: .below),
        DocumentStyle(
            name: "Fill In", isSans: true, size: 8.5, colour: soft, before: 10, after: 8, tab: 120, border: .below),
        DocumentStyle(name: "Small Print", size: 9, colour: soft, after: 4),
        DocumentStyle(name: "Footnote Text", size: 8.5, after: 2, line: 110),
        DocumentStyle(name: "Definition Term", isSans: true, size: 9, isBold: true, after: 1, staysWithNext: true),
        DocumentStyle(name: "Definition", after: 5, indent: 5),
        DocumentStyle(name: "Bibliography", after: 3, indent: 8, firstIndent: -8),
        DocumentStyle(
            name: "Index Letter", isSans: true, size: 10.5, isBold: true, colour: accent, before: 10, after: 2,
            staysWithNext: true),
        DocumentStyle(name: "Index 1", after: 1.5, line: 112, indent: 5, firstIndent: -5),
        DocumentStyle(name: "Index 2", after: 1, line: 112, indent: 10, firstIndent: -5),
        DocumentStyle(name: "Index 3", after: 1, line: 112, indent: 15, firstIndent: -5),
        DocumentStyle(
            name: "TOC Heading", isSans: true, size: 10.5, isBold: true, before: 12, after: 4, staysWithNext: true),
        // As wide as the text on A4, and nearly so on Letter.
        DocumentStyle(name: "toc 1", after: 2, numberTab: 168),
        DocumentStyle(name: "toc 2", size: 9.5, after: 1, indent: 6, numberTab: 168),
        DocumentStyle(name: "Caption", size: 9, isItalic: true, colour: soft),
        DocumentStyle(name: "Table Caption", parent: "Caption"),
        DocumentStyle(name: "Image Caption", parent: "Caption"),
        DocumentStyle(name: "Figure"), DocumentStyle(name: "Captioned Figure", parent: "Figure", staysWithNext: true),
        DocumentStyle(name: "header", size: 8, isItalic: true, colour: soft, after: 0),
        DocumentStyle(name: "footer", size: 8, colour: soft, after: 0),
    ]

    private static let characters: [DocumentStyle] = [
        word("Mark", underline: .solid, colour: nil),
        word("Mark Focus", underline: .solid, line: accent), word("Mark Against", underline: .dashed, line: against),
        word("Mark Open", underline: .dotted, line: open),
        DocumentStyle(
            name: "Mark Key", family: .character, parent: nil, isSans: true, isBold: true, isRaised: true,
            colour: accent),
        DocumentStyle(name: "Line Number", family: .character, parent: nil, isSans: true, size: 7, colour: soft),
        DocumentStyle(name: "Item Number", family: .character, parent: nil, isSans: true, isBold: true, colour: accent),
        DocumentStyle(name: "Locator", family: .character, parent: nil, isSans: true, size: 8, colour: soft),
        DocumentStyle(name: "Siglum", family: .character, parent: nil, isSans: true, size: 8, colour: soft),
        DocumentStyle(name: "Verbatim Char", family: .character, parent: nil),
        DocumentStyle(name: "Footnote Reference", family: .character, parent: nil, isRaised: true),
        DocumentStyle(name: "Hyperlink", family: .character, parent: nil),
    ]

    /// The colour of a line under words; the words keep theirs.
    var lineColour: String?

    private static func word(_ name: String, underline: Underline, colour: String? = nil, line: String? = nil) -> Self {
        var style = DocumentStyle(name: name, family: .character, parent: nil, colour: colour, underline: underline)
        style.lineColour = line
        return style
    }

    private static func heading(_ level: Int, size: Double, before: Double, after: Double, isSans: Bool) -> Self {
        DocumentStyle(
            name: "heading \(level)", isSans: isSans, size: size, isBold: isSans, before: before, after: after,
            line: 110,
            border: level == 1 ? .above : .none, staysWithNext: true, outline: level)
    }

    static let serif = "Palatino Linotype"
    static let sans = "Arial"
}
