import Casebook
import Foundation
import QueryLanguage
import TestSupport
import Testing
import TextModel
import Writers

@Suite struct SheetsTests {
    private let project: Project

    init() throws { project = try Project.open(packageRoot.path) }

    private func resolved(_ query: Query) -> ResolvedQuery { ResolvedQuery(text: "", query: query, notes: []) }

    @Test func `an index of the whole casebook has every work with annotations`() throws {
        let (selection, diagnostics) = try project.selection(of: nil, query: nil, date: "2026-03-07")
        #expect(selection.works.count >= 12)
        #expect(selection.works.allSatisfy { $0.passages.isEmpty })
        #expect(selection.layers == ["instructor"])
        #expect(!diagnostics.contains { $0.severity == .error })
        let file = try project.sheetWriter().conceptIndex(selection, format: .html)
        #expect(file.text.contains("impaired bonding"))
    }

    @Test func `hits give passages and works in their order, each once`() throws {
        func hit(_ work: String, _ passage: String) -> Hit {
            Hit(document: "Corpus/\(work).xml", title: work, passage: passage)
        }
        let hits = [
            hit("the-good-room", "p8"), hit("love-story", "p5"), hit("the-good-room", "p5"), hit("love-story", "p5"),
        ]
        let query = Query.and([
            .pattern(.init(.concept("bond", .only))),
            .not(.pattern(.init(.concept("neglect", .withNarrower)))),
            .pattern(.init(.concept("mirroring", .withNarrower))),
        ])
        let selection = try project.selection(of: hits, query: resolved(query), date: "2026-03-07").selection
        #expect(selection.works.map(\.document.path) == ["Corpus/the-good-room.xml", "Corpus/love-story.xml"])
        let ids = selection.works.map { work in
            work.passages.map { PassageIdentifiers(work.document)[Int($0)] }
        }
        #expect(ids == [["p8", "p5"], ["p5"]])
        #expect(selection.concepts == ["bond", "mirroring"])
        #expect(selection.chosenConcepts == ["bond", "mirroring"])
    }

    @Test func `a casebook's own template and style replace the shipped ones`() throws {
        try withTemporaryFolder { folder in
            _ = try Project.create(in: folder.path)
            let templates = folder.appendingPathComponent("Templates")
            try FileManager.default.createDirectory(at: templates, withIntermediateDirectories: true)
            try Data("own {{title}}".utf8).write(to: templates.appendingPathComponent("concept-index.html.mustache"))
            let project = try Project.open(folder.path)
            let selection = try project.selection(of: nil, query: nil, date: "2026-03-07").selection
            let file = try project.sheetWriter().conceptIndex(selection, format: .html)
            #expect(file.text.hasPrefix("own "))
            try Data("{{#a}}".utf8).write(to: templates.appendingPathComponent("concept-index.html.mustache"))
            #expect(throws: Diagnostic.self) { _ = try project.sheetWriter() }
        }
    }
}
