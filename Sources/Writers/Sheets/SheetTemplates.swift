internal import Mustache
import TextModel

/// The mustache templates of sheets, `Templates/NAME.FORMAT.mustache`, and their style.
///
/// A template that another one includes is named `_NAME`. Opening parses all of them: some milliseconds.
package struct SheetTemplates: Sendable {
    private let library: MustacheLibrary
    private let style: String
    /// What the casebook or the program adds to the style for a layout engine of pages.
    private let pagedStyle: String

    /// The shipped templates, each replaced by the casebook's own of the same name where there is one, and its others
    /// beside them: parts that its templates include.
    ///
    /// - Throws: a `Diagnostic` with its place for a template that cannot be read, or that includes what is not there.
    package init(own: [String: String] = [:], language: String = "en") throws {
        Self.registerMarkdown
        var library = MustacheLibrary()
        let folder = "Templates/"
        let suffix = ".mustache"
        var shipped: [String: String] = [:]
        for file in ShippedFiles.all(in: folder) where file.name.hasSuffix(suffix) {
            let name = String(file.name.dropFirst(folder.count).dropLast(suffix.count))
            shipped[name] = String(decoding: file.bytes, as: UTF8.self)
        }
        let texts = shipped.merging(own.filter { !$0.key.hasSuffix(".css") }) { _, own in own }
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            do {
                try library.register(Self.localized(text, language), named: name)
            } catch let error as MustacheTemplate.ParserError {
                throw Diagnostic(
                    "malformed-template", .error, file: folder + name + suffix,
                    at: SourceLocation(line: error.context.lineNumber, column: error.context.columnNumber),
                    "not readable as a mustache template: \(error.error)",
                    advice: "Compare it with the shipped one, which `casebook template eject --force` puts back.")
            }
            if own[name] != nil { try Self.checkParts(of: text, file: folder + name + suffix, known: texts.keys) }
        }
        self.library = library
        style = own["sheet.css"] ?? ShippedFiles.text(folder + "sheet.css") ?? ""
        pagedStyle = own["paged.css"] ?? ShippedFiles.text(folder + "paged.css") ?? ""
    }

    private static func localized(_ template: String, _ language: String) -> String {
        template.replacing("\(NestedQuotation.transform)(", with: "\(NestedQuotation.name(in: language))(")
    }

    /// A part that is not there would be left out without a word.
    private static func checkParts(
        of text: String, file: String, known: Dictionary<String, String>.Keys
    ) throws(Diagnostic) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var rest = line
            while let open = rest.firstRange(of: "{{>"), let close = rest[open.upperBound...].firstRange(of: "}}") {
                let name = String(rest[open.upperBound..<close.lowerBound]).filter { $0 != " " }
                if !known.contains(name) {
                    let column = line[..<open.lowerBound].unicodeScalars.count + 1
                    throw Diagnostic(
                        "missing-part", .error, file: file, at: SourceLocation(line: index + 1, column: column),
                        "includes “\(name)”, which is not there",
                        advice: nearestNames(to: name, among: known).first.map { "Did you mean “\($0)”?" }
                            ?? "`casebook template list` names those there are.")
                }
                rest = rest[close.upperBound...]
            }
        }
    }

    /// Renders a sheet's tree; the labels are at `t`, the style at `style`, which is another one for a layout engine
    /// of pages (`isPaged`) than for browsers.
    package func render(
        _ sheet: SheetValue, with template: String, strings: SheetStrings, isPaged: Bool = false
    ) -> String? {
        let style = isPaged ? PagedStyle.resolve(style, additions: pagedStyle) : style
        let context = sheet.with([
            SheetValue.Member("t", strings.tree), SheetValue.Member("style", .string(style)),
            SheetValue.Member("isPaged", .bool(isPaged)),
        ])
        return library.render(context, withTemplate: template).map(Self.withoutBlankRuns)
    }

    /// Sections that are left out leave blank lines behind: no more than one stays.
    private static func withoutBlankRuns(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isBlank = line.allSatisfy { $0 == " " }
            if isBlank, lines.last?.isEmpty ?? true { continue }
            lines.append(isBlank ? "" : line)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let registerMarkdown: Void = MustacheContentTypes.register(MarkdownEscaping(), named: "MARKDOWN")
}

/// Escapes what Markdown would take for markup.
private struct MarkdownEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String { markdownEscaped(text) }
}

/// Text with a backslash before every character that Markdown (CommonMark) could take for markup.
package func markdownEscaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 8)
    var isLineStart = true
    var isNumber = false
    let source = Array(text.utf8)
    for (index, byte) in source.enumerated() {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            bytes.append(UInt8(ascii: "\\"))
        // At the start of a line these would begin a heading or a list.
        case UInt8(ascii: "#"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "="):
            if isLineStart { bytes.append(UInt8(ascii: "\\")) }
        case UInt8(ascii: "."), UInt8(ascii: ")"):
            let isAlone = index + 1 == source.count || source[index + 1] == 0x20 || source[index + 1] == 0x0A
            if isNumber, isAlone { bytes.append(UInt8(ascii: "\\")) }
        default: break
        }
        let isDigit = (0x30...0x39).contains(byte)
        isNumber = isDigit && (isLineStart || isNumber)
        isLineStart = byte == UInt8(ascii: "\n") || (isLineStart && byte == UInt8(ascii: " "))
        bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
}
