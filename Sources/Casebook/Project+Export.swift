import Foundation
package import QueryLanguage
import Readers
package import SearchIndex
package import TextModel
package import Writers

extension Project {
    /// What a sheet is made of: the works in which a query has hits, their annotations, and the passages hit.
    ///
    /// Without a query all texts in scope are taken whole. `layers` limits the annotations; empty is all.
    package func selection(
        for query: ResolvedQuery?, index: CorpusIndex, layers: Set<String> = [], language: String? = nil
    ) throws -> (selection: TeachingSelection, diagnostics: [Diagnostic]) {
        let scheme = try scheme().scheme
        var diagnostics: [Diagnostic] = []
        var works: [SelectedWork] = []
        for (file, passages) in try passagesByFile(query, index) {
            let reading = try read(file)
            diagnostics += reading.diagnostics.filter { $0.severity == .error }
            for document in reading.documents {
                let chosen = passages?[document.name]
                if passages != nil, chosen == nil { continue }
                let anchored = self.layers(of: document, only: layers)
                diagnostics += anchored.diagnostics.filter { $0.severity > .note }
                let names = PassageIdentifiers(document)
                let indices =
                    chosen.map { $0.compactMap { names.index(of: $0) }.map(Int32.init) }
                    ?? Self.annotatedPassages(anchored.annotations)
                works.append(
                    SelectedWork(document: document, annotations: anchored.annotations, passages: indices))
            }
        }
        var selection = TeachingSelection(scheme: scheme, works: works, date: Self.today, program: Self.version)
        selection.concepts = query?.query.namedConcepts ?? []
        selection.query = query?.printed
        selection.layers = Set(works.flatMap { $0.annotations.map(\.layer) }).sorted()
        selection.language = language ?? configuration.language
        selection.quotationLimit = configuration.quotationLimit
        return (selection, diagnostics)
    }

    /// Files with the names of the passages hit in each of their documents, in the order of the answer; without a
    /// query all files in scope, and no passages chosen.
    private func passagesByFile(
        _ query: ResolvedQuery?, _ index: CorpusIndex
    ) throws -> [(file: String, passages: [String: [String]]?)] {
        guard let query else { return corpusFiles().filter(isInScope).map { ($0, nil) } }
        var order: [String] = []
        var found: [String: [String: [String]]] = [:]
        var options = queryOptions
        options.unit = .passage
        _ = try index.answer(query, options) { hit in
            guard let passage = hit.passage else { return true }
            let file = String(hit.document.prefix { $0 != "#" })
            if found[file] == nil { order.append(file) }
            found[file, default: [:]][hit.document, default: []].append(passage)
            return true
        }
        return order.map { ($0, found[$0] ?? [:]) }
    }

    private static func annotatedPassages(_ annotations: [AnchoredAnnotation]) -> [Int32] {
        Set(annotations.flatMap { $0.pieces.map(\.passage) }).sorted()
    }

    /// The day as sheets print it, `2026-03-07`; `SOURCE_DATE_EPOCH` sets it where a build must be repeatable.
    static var today: String {
        let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Double($0) }
        let date = epoch.map { Date(timeIntervalSince1970: $0) } ?? Date()
        return String(date.ISO8601Format().prefix(10))
    }
}

extension Query {
    /// Ids of the concepts that a resolved query asks for, each once, in the order of the text; not those behind `!`.
    var namedConcepts: [String] {
        var ids: [String] = []
        collect(into: &ids)
        return ids
    }

    private func collect(into ids: inout [String]) {
        switch self {
        case .not: return
        case .pattern(let pattern):
            if case .concept(let id, _) = pattern.core, !ids.contains(id) { ids.append(id) }
        default: break
        }
        for child in children { child.collect(into: &ids) }
    }
}
