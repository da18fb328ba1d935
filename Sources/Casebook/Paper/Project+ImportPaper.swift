import LayerFiles
import Readers
package import TextModel

/// What an import has made.
package struct PaperImport: Sendable {
    /// Path of the text from the casebook; `nil` where something was wrong and nothing was made.
    package var text: String?
    package var annotations: [String] = []
    /// Persons made of the names in the sheet.
    package var persons: [Person] = []
    package var diagnostics: [Diagnostic] = []
}

extension Project {
    /// Makes a text of passages and a layer of annotations from a teacher's notes on a paper copy. All or nothing: with
    /// an error anywhere, no file is written.
    ///
    /// `name` is the text's, without folder and extension; `problems` is what reading the sheet has found. A name that
    /// is taken or that is none is thrown as a `Diagnostic`.
    package func importPaper(
        _ sheet: PaperSheet, of copy: PaperCopy, named name: String, by authorship: Authorship,
        problems: [Diagnostic] = []
    ) throws -> PaperImport {
        var result = PaperImport(diagnostics: problems)
        let file = "Corpus/\(name).xml"
        guard !FileSystem.exists(path(of: file)) else {
            throw Diagnostic(
                "is-there", .error, file: file, "there is such a text already",
                advice: "Nothing was changed. Give another --name, or take the text and its layers away first.")
        }
        guard Annotator.id(for: name) == name.lowercased() else {
            throw Diagnostic(
                "bad-name", .error, file: name, "is no name for a text",
                advice: "A name begins with a letter and has letters, digits and single hyphens only.")
        }
        result.persons = persons(in: sheet, &result.diagnostics)
        let bytes = copy.tei(sheet, id: name, persons: result.persons)
        let reading = read(bytes, file: file)
        result.diagnostics += reading.diagnostics.filter { $0.severity == .error }
        let layer = layerFile(authorship.layer, of: file)
        var drafts: [AnnotationDraft] = []
        if let document = reading.documents.first {
            let resolver = DraftResolver(
                document: document, scheme: try scheme().scheme, layerPath: layer,
                schemePath: LayerFile.relativePath(of: configuration.scheme, fromFolderOf: layer),
                creator: authorship.annotator.id, now: Timestamp.now(), keepsDigests: false)
            for row in sheet.rows where !row.concepts.isEmpty {
                do {
                    let draft = draft(row, in: document, result.persons)
                    _ = try resolver.annotation(draft)
                    drafts.append(draft)
                } catch {
                    result.diagnostics.append(row.placed(error, in: sheet.file))
                }
            }
            guard !result.diagnostics.contains(where: { $0.severity == .error }) else { return result }
            try FileSystem.write(bytes, to: path(of: file))
            if !drafts.isEmpty { result.annotations = try annotate(document, with: drafts, by: authorship) }
            result.text = file
        }
        return result
    }

    /// On the quoted words where there are some, else on the whole row.
    private func draft(_ row: PaperSheet.Row, in document: Document, _ persons: [Person]) -> AnnotationDraft {
        var draft = AnnotationDraft()
        let id = PaperCopy.passageID(row)
        let quote = document.elements.first { $0.id == PaperCopy.quoteID(row) }
        if let passage = document.passages.first(where: { document.elements[Int($0.element)].id == id }) {
            let raw = quote?.raw ?? passage.raw
            draft.places = [
                .range(
                    passage: id, start: document.scalarOffset(ofByte: raw.start, in: passage),
                    end: document.scalarOffset(ofByte: raw.end, in: passage))
            ]
        }
        draft.concepts = row.concepts
        draft.about = row.about.map { about in
            about.split(separator: ">").map { name in
                let name = collapsedWhiteSpace(String(name))
                return persons.first { $0.id == name || $0.names.contains(name) }?.id ?? name
            }.joined(separator: ">")
        }
        // A concept in a margin is evidence for it, as a rule.
        draft.stance = row.stance ?? Stance.supports.rawValue
        draft.basis = row.basis
        draft.comment = row.comment
        draft.content = row.content
        return draft
    }

    /// Everybody who speaks or is spoken of. A name close to a more frequent one may be a slip, and is told of.
    private func persons(in sheet: PaperSheet, _ diagnostics: inout [Diagnostic]) -> [Person] {
        var order: [String] = []
        var counts: [String: Int] = [:]
        var rows: [String: (row: PaperSheet.Row, column: PaperSheet.Column)] = [:]
        for row in sheet.rows {
            let speaker = row.speaker.flatMap { PaperCopy.isNarrator($0) ? nil : ($0, PaperSheet.Column.speaker) }
            let about = row.about.flatMap { $0.split(separator: ">") }
                .map { (collapsedWhiteSpace(String($0)), PaperSheet.Column.about) }
            for (name, column) in [speaker].compactMap(\.self) + about where !name.isEmpty {
                // `jane` and “Jane” are one.
                let known = order.first { $0 == name || Annotator.id(for: $0) == name } ?? name
                if counts[known] == nil {
                    order.append(known)
                    rows[known] = (row, column)
                }
                counts[known, default: 0] += 1
            }
        }
        for name in order where counts[name] == 1 {
            let others = order.filter { (counts[$0] ?? 0) > 1 }
            guard let near = nearestNames(to: name, among: others).first, let place = rows[name] else { continue }
            diagnostics.append(
                place.row.placed(
                    Diagnostic(
                        "one-name-once", .warning, file: sheet.file, "“\(name)” is named once and becomes a person",
                        advice: "Did you mean “\(near)”?"), in: sheet.file, column: place.column))
        }
        var taken: Set<String> = []
        return order.map { name in
            var id = Annotator.id(for: name)
            // Rows and quotations have ids like these.
            while id.wholeMatch(of: /[rq]\d+/) != nil || !taken.insert(id).inserted { id += "-" + String(taken.count) }
            return Person(id: id, names: [name], sex: nil, role: nil)
        }
    }
}

extension PaperSheet.Row {
    /// What is wrong with a row, at the row's place in the sheet.
    fileprivate func placed(
        _ diagnostic: Diagnostic, in file: String, column: PaperSheet.Column? = nil
    ) -> Diagnostic {
        var placed = diagnostic
        placed.file = file
        let columns: [String: PaperSheet.Column] = [
            "unknown-concept": .concept, "unknown-person": .about, "unknown-stance": .stance, "unknown-basis": .basis,
            "unknown-content tag": .content,
        ]
        let wanted = column ?? columns[diagnostic.identifier] ?? .page
        placed.location = locations[wanted] ?? locations[.page]
        if locations.isEmpty { placed.summary = "row \(number): " + placed.summary }
        return placed
    }
}
