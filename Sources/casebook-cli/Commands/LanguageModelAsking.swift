import ArgumentParser
import Casebook
import Foundation
import LanguageModels
import TextModel

/// Options of commands that may ask a language model.
struct LanguageModelOptions: ParsableArguments {
    @Flag(help: "Send to the language model without asking first; for scripts.")
    var yes = false

    func asking(_ project: Project, _ console: Console) -> LanguageModelAsking {
        LanguageModelAsking(project: project, console: console, isAgreed: yes)
    }
}

/// Asks the language model of `casebook.yml` about passages, after saying what is sent to whom.
struct LanguageModelAsking {
    let project: Project
    let console: Console
    /// The user has agreed beforehand.
    let isAgreed: Bool

    /// The suggester with the answers, and whether something went wrong on the way; what was answered counts all the
    /// same.
    typealias Asked = (suggester: LanguageModelSuggester, hasErrors: Bool)

    /// Asks about the passages of texts. `areNamed`: the user asked for just these.
    func ask(aboutTexts files: [String], areNamed: Bool) throws -> Asked {
        let model = try project.languageModel(environment: ProcessInfo.processInfo.environment)
        let material = project.languageModelMaterial(files, areNamed: areNamed)
        let keptBack = Reporter(console: console, project: nil).report(material.diagnostics)
        let asked = try ask(model, about: material.texts, from: material.sources)
        return (asked.suggester, asked.hasErrors || keptBack)
    }

    /// Asks about labelled passages.
    func ask(aboutPassages texts: [String], of file: String) throws -> Asked {
        let model = try project.languageModel(environment: ProcessInfo.processInfo.environment)
        let readings = texts.map { text in
            let document = Document(onePassage: text, language: project.configuration.language)
            return document.passages.first.map { document.readingText($0) } ?? ""
        }
        return try ask(model, about: readings, from: [file])
    }

    /// Nothing is sent, and nothing is asked of the user, where every answer is kept from before.
    private func ask(_ model: LanguageModel, about texts: [String], from sources: [String]) throws -> Asked {
        let plan = model.plan(texts)
        guard !plan.isEmpty else {
            if plan.kept > 0 {
                console.note("every passage was answered before by \(model.settings.model): nothing is sent")
            }
            return (model.suggester(), false)
        }
        try agree(to: plan.statement(model.settings, sources: sources))
        let console = console
        let (tally, diagnostics) = model.run(plan) { tally, message in
            var verb = "ask"
            if let message {
                verb = message
            } else if tally.answered > 0 {
                verb += ", \(model.settings.costText(tally))"
            }
            console.progress(verb, done: tally.answered, of: tally.asked)
        }
        console.endProgress()
        let hasErrors = Reporter(console: console, project: nil).report(diagnostics)
        console.note(summary(of: tally, model.settings))
        return (model.suggester(), hasErrors)
    }

    private func agree(to statement: String) throws {
        if isAgreed { return console.note(String(statement.dropLast())) }
        Console.writeError(statement)
        guard Terminal.errorIsTerminal, Terminal.inputIsTerminal else {
            throw CommandFailure(.usage, "nothing was sent: without a terminal to agree on, say --yes")
        }
        Console.writeError("Send this? [y/N] ")
        guard let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased(), ["y", "yes"].contains(answer)
        else { throw CommandFailure(.done, "nothing was sent") }
    }

    private func summary(of tally: LanguageModelTally, _ settings: LanguageModelSettings) -> String {
        var parts = [
            "\(tally.answered) of \(tally.asked) passages answered in \(tally.requests) request\(tally.requests == 1 ? "" : "s")"
        ]
        if tally.repeated > 0 { parts.append("\(tally.repeated) repeated") }
        parts.append(settings.costText(tally))
        let dropped = [
            (tally.inventedQuotes, "whose words are not in the passage"),
            (tally.unknownConcepts, "with a concept that the scheme does not have"),
            (tally.malformed, "that say too little"),
            (tally.unknownPassages, "about passages that nobody asked about"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        if !dropped.isEmpty { parts.append("dropped: " + dropped.joined(separator: ", ")) }
        return "\(settings.model): " + parts.joined(separator: "; ")
    }
}
