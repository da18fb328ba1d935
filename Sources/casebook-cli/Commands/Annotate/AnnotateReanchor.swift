import ArgumentParser
import Casebook
import Foundation
import LayerFiles
import TextModel
import Writers

struct AnnotateReanchor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reanchor", abstract: "Find the places of annotations after texts have changed.",
        discussion: """
            Says of every annotation whether its words stand where they stood (exact), elsewhere (moved), a little
            changed (fuzzy), in several places that are as good (ambiguous), or nowhere (orphaned). Changes nothing
            without --apply, which writes exact and moved places into the layers; fuzzy ones only where they are
            accepted. Orphans stay in their layer, marked, and come back with their words. All is one step, which
            one `annotate undo` takes back. Ends with status 1 where something is fuzzy, ambiguous or orphaned and
            stays so.

            EXAMPLES
              casebook annotate reanchor
              casebook annotate reanchor ana --apply
              casebook annotate reanchor Corpus/emma.ana.xml --apply --accept a-7k2m9q4x
              casebook annotate reanchor --apply --accept-fuzzy --format jsonl
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl }

    @Argument(help: "Layers, by name or by path; by default all.")
    var layers: [String] = []

    @Flag(help: "Write today's places into the layers.")
    var apply = false

    @Flag(help: "With --apply: take the places of all whose words have changed a little.")
    var acceptFuzzy = false

    @Option(help: ArgumentHelp("With --apply: take a fuzzy place; repeat for several.", valueName: "id"))
    var accept: [String] = []

    @Option(help: "How to print: text or jsonl.")
    var format = Format.text

    @Option(name: .customLong("as"), help: "Annotator, for the history.")
    var annotator: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if !apply, acceptFuzzy || !accept.isEmpty {
            throw ValidationError("--accept-fuzzy and --accept change layers: they go with --apply.")
        }
    }

    func run() throws {
        let project = try common.project()
        let reporter = Reporter(console: common.console, project: project)
        var isDoubtful = false
        try CommandFailure.wrapping {
            let files = try project.layerFiles(named: layers, from: FileManager.default.currentDirectoryPath)
            let fuzzy: FuzzyAcceptance =
                acceptFuzzy ? .all : accept.isEmpty ? .none : .only(Set(try project.qualifiedIDs(accept).map(\.text)))
            let who = try project.authorship(annotator: annotator, layer: nil, login: NSUserName()).annotator.id
            let report = try project.reanchor(files, applies: apply, accepting: fuzzy, by: who)
            isDoubtful = reporter.report(report.diagnostics)
            let output = common.openOutput()
            var totals = Totals()
            for layer in report.layers {
                output.write(bytes(of: layer))
                totals.add(layer)
                for line in layer.receipt.lines {
                    guard let verdict = line.verdict, !verdict.isShown else { continue }
                    let isTaken = layer.isApplied && verdict == .fuzzy && isAccepted(line.id, fuzzy)
                    if !isTaken { isDoubtful = true }
                }
            }
            if format == .text { output.write(totals.text) }
            try output.finish()
            if format == .text, !apply, totals.changes > 0 {
                common.console.note("nothing was changed; --apply writes the places that are certain")
            }
        }
        if isDoubtful { throw CommandFailure(.problems, "") }
    }

    private func isAccepted(_ id: String, _ fuzzy: FuzzyAcceptance) -> Bool {
        switch fuzzy {
        case .none: false
        case .all: true
        case .only(let ids): ids.contains(id)
        }
    }

    private func bytes(of layer: ReanchoredLayer) -> [UInt8] {
        let records =
            layer.documents.map { ReanchorRecords($0) } + (layer.documents.isEmpty ? [ReanchorRecords(nil)] : [])
        var writer = JSONWriter()
        var text = ""
        for line in layer.receipt.lines {
            let record = ReanchorRecord(
                id: line.id, verdict: line.verdict, from: line.from, to: line.to, candidates: line.candidates)
            switch format {
            case .jsonl: records[line.document].write(record, into: &writer)
            case .text:
                text += records[line.document].text(record, colours: common.coloursResults, width: Terminal.width)
            }
        }
        if format == .jsonl { return writer.bytes }
        return text.isEmpty ? [] : Array((layer.receipt.layerFile + "\n" + text).utf8)
    }
}

/// How many of each verdict.
private struct Totals {
    private var counts: [AnchorVerdict: Int] = [:]
    private var unknown = 0

    /// What `--apply` would or did write.
    private(set) var changes = 0

    mutating func add(_ layer: ReanchoredLayer) {
        for line in layer.receipt.lines {
            guard let verdict = line.verdict else {
                unknown += 1
                continue
            }
            counts[verdict, default: 0] += 1
            if verdict != .exact { changes += 1 }
        }
    }

    var text: String {
        let list = AnchorVerdict.allCases.map { "\(counts[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
        return list + (unknown > 0 ? ", \(unknown) without their text" : "") + "\n"
    }
}
