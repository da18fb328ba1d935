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
        templates = try SheetTemplates(own: ownTemplates, language: strings.language)
    }

    /// What a selection's sheets are made of, made once for all of them.
    package func material(_ selection: TeachingSelection, options: SheetOptions = .init()) -> SheetMaterial {
        SheetMaterial(selection, strings: strings, options: options)
    }

    /// Makes a sheet.
    ///
    /// - Returns: the file, and what is to be said about it: limits passed, help fields empty, annotations without a
    ///   place. With an error among them the sheet must not be handed out.
    package func sheet(
        _ kind: SheetKind, _ material: SheetMaterial, format: SheetFormat
    ) -> (file: WrittenFile, warnings: [Diagnostic]) {
        switch kind {
        case .conceptIndex:
            let (index, order) = index(material.selection, options: material.options.index)
            let sheet = index.sheetValue(
                order: order, paper: material.options.paper,
                checksum: material.passages.isEmpty ? nil : material.checksum)
            return (
                write(sheet, format, bytes: format == .tei ? index.tei : nil),
                material.quotationWarnings(index.locorum.map(\.quoted)) + index.warnings(order: order)
            )
        case .handout:
            if material.selection.audience == .parent, let edition = ParentsEdition(material) {
                let handout = edition.build()
                return (write(handout.sheet, format, template: "parents"), handout.warnings)
            }
            let handout = HandoutBuilder(material).build()
            return (write(handout.sheet, format), handout.warnings)
        case .worksheet, .key:
            let worksheet = Worksheet(material)
            let sheet = kind == .key ? worksheet.key : worksheet.worksheet
            return (write(sheet, format), material.quotationWarnings + material.helpWarnings(kind.rawValue))
        case .caseSheet: return write(CaseSheetBuilder(material).build(), format)
        case .lessonPlan: return write(LessonPlanBuilder(material).build(), format)
        case .slides: return write(SlidesBuilder(material).build(), format)
        case .flashcards:
            let cards = Flashcards(material)
            let (sheet, warnings) = cards.build()
            return (
                write(sheet, format, bytes: format == .tsv ? cards.tsv : format == .csv ? cards.csv : nil), warnings
            )
        case .quiz:
            let quiz = Quiz(material)
            let (sheet, warnings) = quiz.build()
            let bytes: [UInt8]? =
                switch format {
                case .moodle: quiz.moodleXML
                case .gift: quiz.gift
                case .qti: quiz.qtiPackage
                default: nil
                }
            return (write(sheet, format, bytes: bytes), warnings)
        case .conceptCard:
            let cards = ConceptCard(
                material.selection.scheme, strings: strings, paper: material.options.paper,
                checksum: material.passages.isEmpty ? nil : material.checksum)
            let ids = material.selection.concepts.isEmpty ? material.focus.map(\.id) : material.selection.concepts
            let sheet = cards.sheet(ids, program: material.selection.program, date: material.selection.date)
            return (write(sheet, format), [])
        }
    }

    package func conceptIndex(
        _ selection: TeachingSelection, format: SheetFormat, options: ConceptIndexOptions = .init()
    ) -> WrittenFile {
        let (index, order) = index(selection, options: options)
        return write(index.sheetValue(order: order), format, bytes: format == .tei ? index.tei : nil)
    }

    private func index(
        _ selection: TeachingSelection, options: ConceptIndexOptions
    ) -> (index: ConceptIndex, order: HeadingOrder) {
        let builder = ConceptIndexBuilder(selection, strings: strings, options: options)
        return (builder.build(), builder.order)
    }

    package func handout(
        _ selection: TeachingSelection, format: SheetFormat, options: SheetOptions = .init()
    ) -> (file: WrittenFile, warnings: [Diagnostic]) {
        sheet(.handout, material(selection, options: options), format: format)
    }

    private func write(
        _ made: (sheet: SheetValue, warnings: [Diagnostic]), _ format: SheetFormat
    ) -> (file: WrittenFile, warnings: [Diagnostic]) {
        (write(made.sheet, format), made.warnings)
    }

    /// Writes a sheet's tree. Its `kind` names the file, and the template where none is given; `bytes` are its form
    /// in a format of its own. For a format that another program makes, this is the HTML page that it is made of.
    package func write(
        _ sheet: SheetValue, _ format: SheetFormat, template: String? = nil, bytes: [UInt8]? = nil
    ) -> WrittenFile {
        var kind = "sheet"
        if case .string(let name)? = sheet["kind"] { kind = name }
        guard !format.isPublication else {
            let page = (template ?? kind) + "." + SheetFormat.html.rawValue
            let text = templates.render(sheet, with: page, strings: strings, isPaged: format == .pdf)
            return WrittenFile(name: kind + "." + SheetFormat.html.rawValue, text: text ?? "")
        }
        let name = kind + "." + format.rawValue
        if let bytes { return WrittenFile(name: name, bytes: bytes) }
        guard format != .json else {
            var writer = JSONWriter(isIndented: true)
            writer.value(sheet)
            writer.endLine()
            return WrittenFile(name: name, bytes: writer.bytes)
        }
        let page = (template ?? kind) + "." + format.rawValue
        return WrittenFile(name: name, text: templates.render(sheet, with: page, strings: strings) ?? "")
    }
}
