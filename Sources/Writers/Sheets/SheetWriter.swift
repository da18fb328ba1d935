package import TextModel

/// Renders sheets: a tree of what is said, in HTML, Markdown or JSON.
package struct SheetWriter: Sendable {
    package let strings: SheetStrings
    private let templates: SheetTemplates

    /// `ownTemplates` are the casebook's, by name (`handout.html`, `sheet.css`); each replaces the shipped one.
    ///
    /// - Throws: a `Diagnostic` for a template that cannot be read.
    package init(language: String, ownTemplates: [String: String] = [:]) throws {
        strings = SheetStrings(language: language)
        templates = try SheetTemplates(own: ownTemplates)
    }

    package func conceptIndex(
        _ selection: TeachingSelection, format: SheetFormat, options: ConceptIndexOptions = .init()
    ) -> WrittenFile {
        let builder = ConceptIndexBuilder(selection, strings: strings, options: options)
        return write(builder.build().sheetValue(order: builder.order), format)
    }

    /// The file and what is to be said about it: limits passed, help fields empty, annotations without a place.
    package func handout(
        _ selection: TeachingSelection, format: SheetFormat, options: HandoutOptions = .init()
    ) -> (file: WrittenFile, warnings: [Diagnostic]) {
        let handout = HandoutBuilder(selection, strings: strings, options: options).build()
        return (write(handout.sheet, format), handout.warnings)
    }

    /// Writes a sheet's tree; its `kind` names the template and the file.
    package func write(_ sheet: SheetValue, _ format: SheetFormat) -> WrittenFile {
        var kind = "sheet"
        if case .string(let name)? = sheet["kind"] { kind = name }
        let name = kind + "." + format.rawValue
        guard format != .json else {
            var writer = JSONWriter(isIndented: true)
            writer.value(sheet)
            writer.endLine()
            return WrittenFile(name: name, bytes: writer.bytes)
        }
        return WrittenFile(name: name, text: templates.render(sheet, with: name, strings: strings) ?? "")
    }
}
