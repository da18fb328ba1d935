import ArgumentParser
import Casebook
import Foundation
import LayerFiles
import TextModel

struct AnnotateMerge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Bring layers of the same texts together in one.",
        discussion: """
            Annotations that say the same of the same words become one with both creators and both comments. What
            overlaps or says something else stays apart; where two say different things of exactly the same words,
            both are listed. The layers that are merged stay as they are.

            EXAMPLES
              casebook annotate merge ana tom --into seminar
              casebook annotate merge Corpus/emma.ana.xml Corpus/emma.tom.xml --into seminar
            """)

    @Argument(help: "Layers, by name or by path.")
    var layers: [String]

    @Option(help: "Name of the layer that all come together in; made where there is none.")
    var into: String

    @Option(name: .customLong("as"), help: "Annotator, for the history.")
    var annotator: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let files = try project.layerFiles(named: layers, from: FileManager.default.currentDirectoryPath)
            let who = try project.authorship(annotator: annotator, layer: nil, login: NSUserName())
            let output = common.openOutput()
            for merged in try project.merge(files, into: into, by: who) {
                let receipt = merged.receipt
                output.write(
                    "\(merged.layerFile)\t\(receipt.added.count) added, \(receipt.joined.count) joined, "
                        + "\(receipt.conflicts.count) contradicting\n")
                for conflict in receipt.conflicts {
                    output.write(
                        "  \(conflict.first) and \(conflict.second) differ in \(conflict.about.joined(separator: ", "))\n"
                    )
                }
            }
            try output.finish()
        }
    }
}
