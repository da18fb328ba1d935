import Foundation
import LayerFiles
package import QueryLanguage
import Readers
package import TextModel
package import Writers

extension Project {
    /// Makes a selection of what a query found, for sheets of all kinds.
    ///
    /// - Parameters:
    ///   - hits: in the order in which passages are to appear; `nil`: all works of the scope and no chosen passages,
    ///     as an index wants it. A passage that two hits name stands once; works come in the order of their first.
    ///   - query: what was asked; its concepts are what the sheet is about.
    ///   - layers: names of layers; empty: all.
    ///   - date: the day that is printed on the sheet, `2026-03-07`.
    /// - Returns: the selection, and what was wrong in the files that were read for it.
    /// - Throws: a `Diagnostic` for a scheme or a text that cannot be read.
    package func selection(
        of hits: [Hit]?, query: ResolvedQuery?, layers: Set<String> = [], date: String
    ) throws -> (selection: TeachingSelection, diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        var works: [SelectedWork] = []
        for (name, passages) in try wanted(hits) {
            for var work in try selectedWorks(named: name, layers: layers, &diagnostics) {
                if !passages.isEmpty {
                    let names = PassageIdentifiers(work.document)
                    work.passages = passages.compactMap { names.index(of: $0).map { Int32($0) } }
                }
                if hits == nil, work.annotations.isEmpty { continue }
                works.append(work)
            }
        }
        var selection = try selection(of: works, date: date, &diagnostics)
        if hits == nil { selection.absent = absentWorks(layers: layers) }
        selection.query = query?.printed
        // A query for words matches no annotation: then all on its works count.
        let matched = Set((hits ?? []).flatMap(\.annotations))
        if !matched.isEmpty { selection.matched = matched }
        if let query {
            (selection.concepts, selection.exactConcepts) = Self.concepts(of: query.query, in: selection.scheme)
        }
        return (selection, diagnostics)
    }

    /// A selection of works whose passages are chosen already, or are not to be chosen.
    func selection(
        of works: [SelectedWork], date: String, _ diagnostics: inout [Diagnostic]
    ) throws -> TeachingSelection {
        var (scheme, problems) = try scheme()
        diagnostics += problems
        scheme.title = scheme.title.isEmpty ? scheme.id : scheme.title
        var selection = TeachingSelection(scheme: scheme, works: works, date: date, program: Self.version)
        selection.layers = Set(works.flatMap { $0.annotations.map(\.layer) }).sorted()
        selection.quotationLimit = configuration.quotationLimit
        return selection
    }

    /// The documents of a name with their annotations, no passage chosen.
    func selectedWorks(
        named name: String, layers: Set<String>, _ diagnostics: inout [Diagnostic]
    ) throws -> [SelectedWork] {
        let documents = try documents(named: name, layers: layers, &diagnostics)
        var unread: [Diagnostic] = []
        let others = layers.isEmpty ? [] : try self.documents(named: name, layers: [], &unread)
        return documents.enumerated().map { index, pair in
            let (document, anchored) = pair
            diagnostics += anchored.diagnostics
            var work = SelectedWork(document: document, annotations: anchored.annotations)
            if others.indices.contains(index) {
                for annotation in others[index].1.annotations where !layers.contains(annotation.layer) {
                    for piece in annotation.pieces {
                        work.unselectedConcepts[piece.passage, default: []]
                            .formUnion(annotation.annotation.concepts.map(\.id))
                    }
                }
            }
            if let rights = rights(of: document) {
                work.quotationLimit = rights.quotationLimit
                work.document.work.availability = rights.availability ?? work.document.work.availability
            }
            return work
        }
    }

    /// A writer of sheets with the casebook's own templates, `Templates/NAME.FORMAT.mustache` and
    /// `Templates/sheet.css`, where it has them.
    package func sheetWriter(language: String? = nil) throws -> SheetWriter {
        var own: [String: String] = [:]
        let folder = path(of: "Templates")
        for file in FileSystem.files(under: folder, extensions: ["mustache", "css"]) {
            let text = String(
                decoding: try FileSystem.read(folder + "/" + file, as: "Templates/" + file), as: UTF8.self)
            own[file.hasSuffix(".mustache") ? String(file.dropLast(".mustache".count)) : file] = text
        }
        return try SheetWriter(language: language ?? configuration.language, ownTemplates: own)
    }

    // MARK: - Inside

    /// Works in scope of which only layers are here.
    private func absentWorks(layers names: Set<String>) -> [AbsentWork] {
        var works: [String: AbsentWork] = [:]
        for file in corpusFiles().filter(isInScope) where LayerFile.layerName(ofPath: file) != nil {
            guard let bytes = try? FileSystem.read(path(of: file), as: file) else { continue }
            let (layer, _) = LayerFile.read(bytes: bytes, path: file)
            guard layer.isLayer, names.isEmpty || names.contains(layer.name), let text = textFile(of: layer),
                !FileSystem.exists(path(of: text))
            else { continue }
            let title = XMLTree.read(bytes, file: file).tree?.roots
                .flatMap { $0.descendants("sourceDesc") }.flatMap { $0.descendants("ref") }.first?.text
            let found = layer.annotations.map(AbsentAnnotation.init)
            works[
                text, default: AbsentWork(title: title ?? Self.stem(of: Self.lastComponent(of: text)), annotations: [])
            ]
            .annotations += found
        }
        return works.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Documents by name with the ids of their chosen passages, both in the order of the hits.
    private func wanted(_ hits: [Hit]?) throws -> [(name: String, passages: [String])] {
        guard let hits else {
            return corpusFiles().filter(isInScope).map { ($0, []) }
        }
        var order: [String] = []
        var passages: [String: [String]] = [:]
        for hit in hits {
            if passages[hit.document] == nil { order.append(hit.document) }
            var own = passages[hit.document] ?? []
            for id in [hit.passage].compactMap(\.self) + hit.ranges.map(\.passage) where !own.contains(id) {
                own.append(id)
            }
            passages[hit.document] = own
        }
        return order.map { ($0, passages[$0] ?? []) }
    }

    /// The document of a name with its fragment, all documents of a file for a path; each with its layers.
    private func documents(
        named name: String, layers: Set<String>, _ diagnostics: inout [Diagnostic]
    ) throws -> [(Document, AnchoredLayers)] {
        let parts = name.split(separator: "#", maxSplits: 1).map(String.init)
        let bytes = try FileSystem.read(path(of: parts[0]), as: parts[0])
        let reading = read(bytes, file: parts[0])
        diagnostics += reading.diagnostics.filter { $0.severity == .error }
        let all = zip(reading.documents, self.layers(of: reading.documents, text: bytes, only: layers))
        return all.filter { parts.count == 1 || $0.0.fragment == parts[1] }
    }

    /// Concepts that a query asks for, in its order; what stands under a `!` is not what the sheet is about.
    private static func concepts(of query: Query, in scheme: ConceptScheme) -> ([String], Set<String>) {
        var ids: [String] = []
        var exact: Set<String> = []
        func collect(_ query: Query) {
            if case .not = query { return }
            if case .pattern(let pattern) = query, case .concept(let id, let mode)? = pattern.core {
                switch mode {
                case .withNarrower: ids.append(id)
                case .only:
                    ids.append(id)
                    exact.insert(id)
                case .siblings:
                    let broader = scheme[id].flatMap(\.broader)
                    ids += broader.map { scheme.narrower(of: $0).map { scheme.concepts[$0].id } } ?? [id]
                }
            }
            for child in query.children { collect(child) }
        }
        collect(query)
        var seen: Set<String> = []
        return (ids.filter { seen.insert($0).inserted }, exact)
    }
}
