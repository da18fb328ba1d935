import Casebook
import Foundation
import LayerFiles
import QueryLanguage
import Readers
import SearchIndex
import TestSupport
import Testing
import TextModel

/// The index follows the files, whatever happens to them.
@Suite struct IndexRefreshTests {
    private func text(_ paragraphs: [String]) -> String {
        "<TEI xmlns='http://www.tei-c.org/ns/1.0' xml:lang='en'><teiHeader/><text><body>"
            + paragraphs.enumerated().map { "<p xml:id='p\($0 + 1)'>\($1)</p>" }.joined() + "</body></text></TEI>"
    }

    private func count(_ query: String, _ project: Project) throws -> Int {
        let index = try project.updatedIndex().index
        let resolved = try QueryResolver.resolve(query, names: project.queryNames(index))
        return try index.count(resolved, project.queryOptions)
    }

    private func withProject(_ body: (Project, URL) throws -> Void) throws {
        try withTemporaryFolder { folder in
            _ = try Project.create(in: folder.path)
            try body(try Project.open(folder.path), folder)
        }
    }

    private func annotate(_ project: Project, _ file: String, _ quote: String) throws -> [String] {
        var draft = AnnotationDraft()
        draft.places = [.quote(quote, passage: nil)]
        draft.concepts = ["neglect"]
        let document = try project.document(named: file, from: project.folder)
        return try project.annotate(
            document, with: [draft], by: try project.authorship(annotator: "Ana", layer: "ana", login: "x"))
    }

    @Test func `a new, a changed, a touched, a renamed and a deleted text`() throws {
        try withProject { project, folder in
            let file = folder.appendingPathComponent("Corpus/a.xml")
            try Data(text(["The goose slept.", "The goose woke."]).utf8).write(to: file)
            #expect(try count("word:goose", project) == 2)
            try Data(text(["The goose slept.", "The duck woke."]).utf8).write(to: file)
            #expect(try count("word:goose", project) == 1)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: file.path)
            let report = try project.updatedIndex().report
            #expect(report.textsRead == 0, "a file whose bytes are the same is not indexed again")
            let other = folder.appendingPathComponent("Corpus/b.xml")
            try FileManager.default.moveItem(at: file, to: other)
            #expect(try count("word:duck in:b", project) == 1)
            try FileManager.default.removeItem(at: other)
            #expect(try count("word:goose | word:duck", project) == 0)
        }
    }

    @Test func `an annotation is found, and gone when it is removed`() throws {
        try withProject { project, folder in
            try Data(text(["The goose slept.", "Nobody came."]).utf8).write(
                to: folder.appendingPathComponent("Corpus/a.xml"))
            #expect(try count("neglect", project) == 0)
            let ids = try annotate(project, "a", "Nobody came")
            #expect(try count("neglect", project) == 1)
            #expect(try count("neglect layer:ana by:ana", project) == 1)
            try project.removeAnnotations(try project.qualifiedIDs(ids), by: "ana")
            #expect(try count("neglect", project) == 0)
            _ = try project.layerStore().undo()
            #expect(try count("neglect", project) == 1)
            try FileManager.default.removeItem(at: folder.appendingPathComponent("Corpus/a.ana.xml"))
            #expect(try count("neglect", project) == 0)
        }
    }

    @Test func `a changed persons file and changed cues are noticed`() throws {
        try withProject { project, folder in
            try Data(text(["She felt nothing for the child."]).utf8).write(
                to: folder.appendingPathComponent("Corpus/a.xml"))
            #expect(try count("impaired-bonding is:suggested", project) == 1)
            let document = try project.document(named: "a", from: project.folder)
            _ = try project.addPersons(
                [Person(id: "ada", names: ["Ada"], sex: .female, role: "mother")], [], to: document)
            let read = try project.read("Corpus/a.xml").documents
            #expect(read.first?.work.persons.map(\.id) == ["ada"])
            #expect(try project.updatedIndex().report.textsRead == 1)
            try FileManager.default.removeItem(at: folder.appendingPathComponent("Schemas/bonding.cues.xml"))
            #expect(try count("impaired-bonding is:suggested", project) == 0)
        }
    }

    @Test func `a casebook that cannot be written has its index elsewhere`() throws {
        try withProject { project, folder in
            try Data(text(["The goose slept."]).utf8).write(to: folder.appendingPathComponent("Corpus/a.xml"))
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
            // The superuser may write everywhere: nothing to see then.
            guard !FileManager.default.isWritableFile(atPath: folder.path) else { return }
            #expect(!project.indexFile.path.hasPrefix(folder.path))
            #expect(try count("word:goose", project) == 1)
        }
    }
}
