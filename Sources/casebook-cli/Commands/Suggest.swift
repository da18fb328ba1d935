import ArgumentParser
import Casebook
import Foundation
import LayerFiles
import Readers
import Tagging
import TextModel
import Writers

struct Suggest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Propose passages that may show a concept; never changes a file.",
        discussion: """
            Without FILE all texts of the casebook's scope are read. A suggestion that was accepted or declined is
            not made again. Accept one with `casebook annotate accept ID`.

            EXAMPLES
              casebook suggest
              casebook suggest Corpus/the-good-room.xml --min-score 0.3
              casebook suggest --effort high --store
              casebook suggest --explain the-good-room#p.12
              casebook suggest --suggester language-model night-shift
              casebook suggest --learn
              casebook suggest --format jsonl ~/novels/*.xml | jq -r .concept | sort | uniq -c
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl }

    @Argument(help: "Texts; paths, or names of works.")
    var files: [String] = []

    @Option(help: ArgumentHelp("Show suggestions from this score on, 0…1; 0 shows all.", valueName: "score"))
    var minScore: Double?

    @OptionGroup var means: SuggestMeans
    @OptionGroup var asking: LanguageModelOptions

    @Option(help: "How to print: text or jsonl.")
    var format = Format.text

    @Flag(help: "Also those that were accepted or declined.")
    var all = false

    @Flag(help: "Also put the suggestions into the index, for queries (is:open); by itself it holds those of the cues.")
    var store = false

    @Flag(
        help:
            "First learn from the annotations, rejections and empty readings of the casebook; from then on suggestions use what was learned and keep up with new decisions."
    )
    var learn = false

    @Option(
        help: ArgumentHelp(
            "Say why a passage gets its scores: what each sentence and word adds, and the nearest passages that were decided on, in the casebook and among the exemplars.",
            valueName: "text#passage"))
    var explain: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let minScore, !(0...1).contains(minScore) { throw ValidationError("--min-score is between 0 and 1.") }
    }

    /// What came of one file.
    private struct Result: Sendable {
        var text: [UInt8] = []
        var documents = 0
        var count = 0
        var diagnostics: [Diagnostic] = []
    }

    func run() throws {
        let project = try common.project()
        var options = means.options(minScore: minScore)
        options.usesIndex = true
        if let explain { return try CommandFailure.wrapping { try show(why: explain, in: project, options) } }
        let texts = try CommandFailure.wrapping { try paths(in: project) }
        var hasErrors = false
        if means.asksLanguageModel {
            let asked = try CommandFailure.wrapping {
                try asking.asking(project, common.console).ask(aboutTexts: texts, areNamed: !files.isEmpty)
            }
            options.answers = asked.suggester
            hasErrors = asked.hasErrors
        }
        options.usesLearned = true
        if learn {
            let report = try CommandFailure.wrapping { try project.learn(jobs: common.jobs) }
            common.console.note(report.note)
        }
        let (suggester, problems) = try CommandFailure.wrapping { try project.suggester(options) }
        let reporter = Reporter(console: common.console, project: project)
        reporter.report(problems)
        let output = common.openOutput()
        var count = 0
        var documents = 0
        func print(_ results: [Result], done: Int) {
            for result in results {
                output.write(result.text)
                count += result.count
                documents += result.documents
                hasErrors = reporter.report(result.diagnostics) || hasErrors
            }
            output.flush()
            common.console.progress("suggest", done: done, of: texts.count)
        }
        if suggester.sharesDocuments || common.jobs == 1 {
            let console = common.console
            let tagger = suggester.makeTagger(jobs: common.jobs) { done, all in
                console.progress("passages", done: done, of: all)
            }
            for (index, text) in texts.enumerated() {
                print([suggestions(in: text, project: project, tagger: tagger)], done: index + 1)
            }
        } else {
            // A tagger grows quicker with each text, so each worker keeps one for a slice of files; slices are short
            // enough that results appear early.
            let slice = 8
            let size = common.jobs * slice
            for start in stride(from: 0, to: texts.count, by: size) {
                let batch = Array(texts[start..<min(start + size, texts.count)])
                let slices = stride(from: 0, to: batch.count, by: slice).map {
                    Array(batch[$0..<min($0 + slice, batch.count)])
                }
                let results = parallelMap(slices, jobs: common.jobs) { files in
                    let tagger = suggester.makeTagger()
                    return files.map { suggestions(in: $0, project: project, tagger: tagger) }
                }
                print(results.flatMap(\.self), done: start + batch.count)
            }
        }
        if store {
            try CommandFailure.wrapping { try project.storeSuggestions(of: texts, options, jobs: common.jobs) }
        }
        try output.finish()
        if format == .text {
            common.console.note(
                "\(count) suggestion\(count == 1 ? "" : "s") in \(documents) text\(documents == 1 ? "" : "s")")
        }
        if hasErrors { throw CommandFailure(.problems, "") }
    }

    private func show(why passage: String, in project: Project, _ options: SuggestOptions) throws {
        let here = FileManager.default.currentDirectoryPath
        let (document, index, explanation, decided) = try project.explain(passage, from: here, options)
        let passage = document.passages[Int(index)]
        func words(_ range: ByteRange) -> String {
            let text = String(decoding: document.reading[range.indices], as: UTF8.self)
            return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let output = common.openOutput()
        let locator = document.locator(for: passage.raw, in: index).label
        output.write(Array("\(document.work.title), \(locator)\n\n".utf8))
        for concept in explanation.concepts {
            func parts(_ parts: [PassageExplanation.Part]) -> [ExplanationFigures.Part] {
                parts.map { .init(words: words($0.reading), drop: $0.drop) }
            }
            let figures = ExplanationFigures(
                concept: concept.id, score: concept.score, threshold: concept.threshold, encoder: concept.encoder,
                cues: concept.cues, cueReason: concept.cueReason, sentences: parts(concept.sentences),
                words: parts(concept.words))
            output.write(Array((figures.text(width: Terminal.width) + "\n").utf8))
        }
        for neighbour in decided {
            let verdict =
                neighbour.shown.isEmpty
                ? neighbour.denied.isEmpty ? "none" : "rejected: " + neighbour.denied.joined(separator: ", ")
                : neighbour.shown.joined(separator: ", ")
            let cosine = String(format: "%.2f", neighbour.cosine)
            output.write(Array("nearest in the casebook \(cosine)  \(neighbour.place)  (\(verdict))\n".utf8))
        }
        for neighbour in explanation.neighbours {
            let shown = neighbour.concepts.isEmpty ? "none" : neighbour.concepts.joined(separator: ", ")
            let cosine = String(format: "%.2f", neighbour.cosine)
            output.write(Array("nearest exemplar \(cosine)  \(neighbour.name)  (\(shown))\n".utf8))
        }
        try output.finish()
    }

    private func paths(in project: Project) throws -> [String] {
        if files.isEmpty { return project.corpusFiles().filter(project.isInScope) }
        let here = FileManager.default.currentDirectoryPath
        return try files.map { try project.textFile(named: $0, from: here).file }
    }

    private func suggestions(in file: String, project: Project, tagger: Tagger) -> Result {
        var result = Result()
        do {
            let reading = try project.read(file)
            result.diagnostics = reading.diagnostics.filter { $0.severity > .note }
            let layers = all ? [] : project.layers(of: reading.documents)
            for (index, document) in reading.documents.enumerated() {
                var suggestions = tagger.suggestions(for: document, minimumScore: minScore)
                result.diagnostics += tagger.notes(for: document)
                if !all, !suggestions.isEmpty {
                    let decided = layers[index].suggestionStates.decided(suggestions)
                    suggestions.removeAll { decided.contains($0.id) }
                }
                result.count += suggestions.count
                result.documents += 1
                switch format {
                case .jsonl:
                    var writer = JSONWriter()
                    SuggestionRecords.write(suggestions, of: document, into: &writer)
                    result.text += writer.bytes
                case .text:
                    result.text +=
                        SuggestionRecords.text(
                            suggestions, of: document, colours: common.coloursResults, width: Terminal.width
                        ).utf8
                }
            }
        } catch let diagnostic as Diagnostic {
            result.diagnostics.append(diagnostic)
        } catch {
            result.diagnostics.append(Diagnostic("unreadable-file", .error, file: file, "\(error)"))
        }
        return result
    }
}

extension LearningReport {
    /// For people.
    fileprivate var note: String {
        guard examples > 0 else { return "nothing to learn from: no annotations or decisions in scope" }
        let new = added.isEmpty ? "" : "; new: \(added.joined(separator: ", "))"
        return
            "learned from \(examples) passage\(examples == 1 ? "" : "s"): \(corrected) concept\(corrected == 1 ? "" : "s") corrected\(new)"
    }
}
