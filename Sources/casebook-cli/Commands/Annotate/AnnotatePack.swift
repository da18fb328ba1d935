import ArgumentParser
import Casebook
import Foundation
import LayerFiles
import TextModel
import Writers

struct AnnotatePack: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Make a package of annotations that holds no word of the texts.",
        discussion: """
            For students who have a copy of their own: the package holds pointers and hashes of the words, and the scheme.
            Words of the texts are taken out of comments too; declined suggestions stay here. `annotate unpack` puts
            the annotations back to their words.

            EXAMPLES
              casebook annotate pack Corpus/emma.instructor.xml -o emma.zip
              casebook annotate pack instructor -o seminar.zip
            """)

    @Argument(help: "Layers, by name or by path; by default all.")
    var layers: [String] = []

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard common.output != nil else { throw ValidationError("Say where the package goes: -o FILE.zip.") }
    }

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let files = try project.layerFiles(named: layers, from: FileManager.default.currentDirectoryPath)
            let pack = try project.pack(layers.isEmpty ? files.filter(project.isInScope) : files)
            let hasErrors = Reporter(console: common.console, project: project).report(pack.diagnostics)
            let output = common.openOutput()
            output.write(ZipArchive.bytes(of: pack.files))
            try output.finish()
            let removed = pack.removedWords == 0 ? "" : "; \(pack.removedWords) quoted words left out of comments"
            common.console.note("\(pack.annotations) annotation\(pack.annotations == 1 ? "" : "s")\(removed)")
            if hasErrors { throw CommandFailure(.problems, "") }
        }
    }
}

struct AnnotateUnpack: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpack", abstract: "Put the annotations of a package back to their words in your own copies.",
        discussion: """
            Copies the texts into the casebook, the layers beside them, and says of each annotation whether its words were
            found. With -o the package is opened in a folder of its own, which becomes a casebook. Ends with status 1
            where words were not found.

            EXAMPLES
              casebook annotate unpack seminar.zip ~/texts/emma.xml -o seminar
              casebook annotate unpack seminar.zip
            """)

    @Argument(help: "The package: a zip, or the folder that was in it.")
    var package: String

    @Argument(help: "Your copies of its texts.")
    var texts: [String] = []

    @OptionGroup var common: CommonOptions

    func run() throws {
        var isDoubtful = false
        try CommandFailure.wrapping {
            let project = try common.output.map { try Project.casebook(in: $0, for: package) } ?? common.project()
            let reporter = Reporter(console: common.console, project: nil)
            let unpacked = try project.unpack(package, copies: texts)
            isDoubtful = reporter.report(unpacked.diagnostics)
            for text in unpacked.missing {
                common.console.note("put your copy of \(text) there, and its annotations find their words")
            }
            let report = try project.reanchor(unpacked.layers)
            let output = ResultOutput(path: nil)
            for layer in report.layers {
                var counts: [AnchorVerdict: Int] = [:]
                for line in layer.receipt.lines { if let verdict = line.verdict { counts[verdict, default: 0] += 1 } }
                let found = AnchorVerdict.allCases.compactMap { verdict in
                    counts[verdict].map { "\($0) \(verdict.rawValue)" }
                }
                output.write(
                    layer.receipt.layerFile + ": "
                        + (found.isEmpty
                            ? "\(layer.receipt.lines.count) waiting for the text" : found.joined(separator: ", "))
                        + "\n")
                if counts.contains(where: { !$0.key.isShown }) { isDoubtful = true }
            }
            try output.finish()
        }
        if isDoubtful { throw CommandFailure(.problems, "") }
    }
}
