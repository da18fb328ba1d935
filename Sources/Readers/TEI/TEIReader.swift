package import TextModel

/// Reads TEI: files in, documents out.
package enum TEIReader {
    /// Reads the bytes of a file.
    ///
    /// `path` is the file as the user knows it, `defaultLanguage` the language of texts that name none. A file with
    /// an error has no documents: what was read before the error would be taken for the whole.
    ///
    /// Costs about three times what libxml2 alone does; memory is the text twice, and about 100 bytes a passage.
    ///
    /// `recordsEveryElement` keeps inline elements in ``Document/elements`` as well: a pointer by path to a `hi`
    /// then resolves. Passages, texts and offsets are the same.
    package static func read(
        _ bytes: [UInt8], path: String, defaultLanguage: String = "en", recordsEveryElement: Bool = false,
        limits: XMLLimits = .standard
    ) -> TEIReading {
        var handler = TEIHandler(
            path: path, defaultLanguage: defaultLanguage, recordsEveryElement: recordsEveryElement)
        let diagnostics = XMLReader.read(bytes, file: path, limits: limits, into: &handler)
        let isWhole = !diagnostics.contains { $0.severity == .error }
        var documents = isWhole ? handler.documents : []
        if !documents.isEmpty {
            let hash = sha256Hex(bytes)
            for index in documents.indices {
                documents[index].sha256 = hash
                guard documents.count > 1 else { continue }
                documents[index].fragment = documents[index].fragment ?? String(index + 1)
            }
            if documents.count == 1 { documents[0].fragment = nil }
        }
        return TEIReading(
            documents: documents, kind: isWhole ? handler.kind : .other,
            diagnostics: diagnostics + handler.diagnostics, elementsWithoutRule: handler.elementsWithoutRule)
    }
}

/// What a file holds.
package struct TEIReading: Sendable {
    /// One for each `TEI` with a text; none for layers, persons and what is not TEI.
    package var documents: [Document]
    package var kind: FileKind
    package var diagnostics: [Diagnostic]
    /// Elements inside of texts that no rule of the text model names, and how often each is there. They are read
    /// as inline.
    package var elementsWithoutRule: [String: Int]

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// What a file is, because of what it holds and not because of its name.
package enum FileKind: String, Sendable {
    /// At least one text.
    case text
    /// Annotations of another file.
    case layer
    /// Persons and relations, no text.
    case persons
    /// A concept scheme: a taxonomy with preferred labels.
    case scheme
    /// Cues, in the vocabulary of Casebook.
    case cues
    case other
}
