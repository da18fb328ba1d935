import ArgumentParser
import Casebook
import Foundation
import Readers
import TextModel
import Writers

struct AnnotateList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Annotations with their place in today's text.",
        discussion: """
            Lists annotations of all layers, also those whose words are no longer found; --anchor shows only some.
            What a text file says of itself (standOff, spanGrp, seg with @ana) is listed as a layer named after its
            @resp; it can only be read.

            EXAMPLES
              casebook annotate list
              casebook annotate list the-good-room --concept impaired-bonding
              casebook annotate list --anchor orphaned --format jsonl
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl }

    @Argument(help: "Texts; by default all in scope.")
    var documents: [String] = []

    @Option(help: "Only this layer; repeat for several.")
    var layer: [String] = []

    @Option(help: "Only this concept, by id; repeat for several.")
    var concept: [String] = []

    @Option(help: "Only annotations that stand so: exact, moved, fuzzy, ambiguous, orphaned.")
    var anchor: [AnchorVerdict] = []

    @Option(help: "How to print: text or jsonl.")
    var format = Format.text

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        let reporter = Reporter(console: common.console, project: project)
        let output = common.openOutput()
        var hasErrors = false
        var count = 0
        try CommandFailure.wrapping {
            for file in try project.textFiles(named: documents) {
                let bytes = try FileSystem.read(project.path(of: file), as: file)
                let reading = project.read(bytes, file: file)
                hasErrors = reporter.report(reading.diagnostics.filter { $0.severity == .error }) || hasErrors
                let layersByDocument = project.layers(of: reading.documents, text: bytes, only: Set(layer))
                for (document, layers) in zip(reading.documents, layersByDocument) {
                    hasErrors = reporter.report(layers.diagnostics.filter { $0.severity > .note }) || hasErrors
                    let shown = layers.annotations.filter { anchored in
                        (anchor.isEmpty || anchor.contains(anchored.verdict))
                            && (concept.isEmpty || anchored.annotation.concepts.contains { concept.contains($0.id) })
                    }
                    count += shown.count
                    switch format {
                    case .jsonl:
                        var writer = JSONWriter()
                        AnnotationRecords.write(shown, of: document, into: &writer)
                        output.write(writer.bytes)
                    case .text:
                        output.write(
                            AnnotationRecords.text(
                                shown, of: document, colours: common.coloursResults, width: Terminal.width))
                    }
                }
            }
            try output.finish()
        }
        if format == .text { common.console.note("\(count) annotation\(count == 1 ? "" : "s")") }
        if hasErrors { throw CommandFailure(.problems, "") }
    }
}

extension AnchorVerdict: ExpressibleByArgument {}

extension Project {
    /// Files of the texts that a user names; all in scope where none is named.
    func textFiles(named names: [String]) throws -> [String] {
        if names.isEmpty { return corpusFiles().filter(isInScope) }
        let here = FileManager.default.currentDirectoryPath
        return try names.map { try textFile(named: $0, from: here).file }
    }
}
