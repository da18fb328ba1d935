import ArgumentParser
import Casebook
import TextModel
import Writers

struct AnnotateShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "All that is known of an annotation, in its passage.",
        discussion: """
            EXAMPLES
              casebook annotate show a-7k2m9q4x
              casebook annotate show Corpus/the-good-room.ana.xml#a-7k2m9q4x --format jsonl
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl }

    @Argument(help: "Ids of annotations; whole, or the part after # where it is unique.")
    var ids: [String]

    @Option(help: "How to print: text or jsonl.")
    var format = Format.text

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let output = common.openOutput()
            for id in try project.qualifiedIDs(ids) {
                let found = try project.annotation(id)
                switch format {
                case .text:
                    output.write(
                        AnnotationRecords.detail(
                            found.anchored, of: found.document, neighbours: found.neighbours,
                            colours: common.coloursResults, width: min(Terminal.width, 100)))
                case .jsonl:
                    var writer = JSONWriter()
                    let document = found.document ?? Document(path: found.anchored.layerFile)
                    AnnotationRecords.write([found.anchored], of: document, into: &writer)
                    output.write(writer.bytes)
                }
            }
            try output.finish()
        }
    }
}
