import ArgumentParser
import Casebook
import Foundation
import QueryLanguage
import SearchIndex
import TextModel
import Writers

extension QueryCommand {
    /// `--complete`: the cursor stands at the end of the text.
    func complete(_ text: String) throws {
        let project = try common.project()
        let index = try common.updatedIndex(of: project)
        let found = QueryCompletion.completion(
            for: text, cursor: text.utf8.count, names: project.queryNames(index))
        let output = common.openOutput()
        switch format {
        case .table:
            for candidate in found.candidates { output.write("\(candidate.text)\t\(candidate.label)\n") }
        case .jsonl: output.write(Self.lines(found, in: text))
        case .csv, .kwic, .html:
            throw CommandFailure(.usage, "--complete prints lines with tabs or jsonl, not \(format.rawValue)")
        }
        try output.finish()
    }

    /// `start` and `end` are Unicode scalars of the text: what a candidate takes the place of.
    private static func lines(_ found: QueryCompletion, in text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        func scalars(_ offset: Int) -> Int { countScalars(bytes, from: 0, to: Int32(offset)) }
        var json = JSONWriter()
        for candidate in found.candidates {
            json.beginObject()
            json.key("text")
            json.string(candidate.text)
            json.key("label")
            json.string(candidate.label)
            json.key("kind")
            json.string(candidate.kind.rawValue)
            json.key("start")
            json.int(scalars(found.replaces.lowerBound))
            json.key("end")
            json.int(scalars(found.replaces.upperBound))
            json.endObject()
            json.endLine()
        }
        return json.bytes
    }
}

/// Candidates for the word that a shell completes.
enum QueryCompletions {
    /// What the generated scripts of bash, zsh and fish call. Silent where anything is wrong: a message would be
    /// written into the line that is being typed.
    @Sendable static func ofShell(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
        let line = ShellLine(words: words, index: index, prefix: typed(words, index, prefix))
        guard let project = try? project(words),
            let index = try? project.updatedIndex(jobs: ProcessInfo.processInfo.activeProcessorCount).index
        else { return [] }
        let text = line.context + line.typed
        let found = QueryCompletion.completion(
            for: text, cursor: text.utf8.count, names: project.queryNames(index))
        // A label of several words is typed in one pair of quotes, or not completed beyond its last word.
        let kept = found.replaces.lowerBound - line.context.utf8.count
        guard kept >= 0 else { return [] }
        let before = String(decoding: line.typed.utf8.prefix(kept), as: UTF8.self)
        return found.candidates.map { described(before + $0.text, $0.label) }
    }

    /// The word up to the cursor. The script for zsh measures it wrongly where a quote is open, as it divides the
    /// quoted words: then the whole word counts.
    private static func typed(_ words: [String], _ index: Int, _ prefix: String) -> String {
        guard CompletionShell.requesting == .zsh, words.indices.contains(index), let quote = words[index].first,
            quote == "'" || quote == "\"", words[index].dropFirst().last != quote
        else { return prefix }
        return words[index]
    }

    private static func project(_ words: [String]) throws -> Project? {
        if let option = words.firstIndex(of: "--casebook"), option + 1 < words.count {
            return try Project.open(words[option + 1])
        }
        return try Project.find(from: FileManager.default.currentDirectoryPath)
    }

    /// A candidate with its label in the shell's own form; bash shows none.
    private static func described(_ text: String, _ label: String) -> String {
        switch CompletionShell.requesting {
        case .zsh?:
            let escaped = text.replacingOccurrences(of: ":", with: "\\:")
            return label.isEmpty ? escaped : "\(escaped):\(label)"
        case .fish?: return label.isEmpty ? text : "\(text)\t\(label)"
        default: return text
        }
    }
}

/// What of a query stands on the command line before the cursor.
struct ShellLine: Equatable {
    /// Words of the query before the one being completed, with the blank after them.
    var context: String
    /// Of the word being completed, without the quote that opens it.
    var typed: String

    init(words: [String], index: Int, prefix: String) {
        let quotes: Set<Character> = ["'", "\""]
        typed = prefix.first.map(quotes.contains) == true ? String(prefix.dropFirst()) : prefix
        context = ""
        // Without quotes each word of the query is a word of the line. Bash divides `who:jane` at its colon too.
        for word in words.prefix(max(0, index)).drop(while: { $0 != "query" }).dropFirst() {
            if word.hasPrefix("-") {
                context = ""
                continue
            }
            if word == ":" || context.hasSuffix(": ") { context.removeLast(context.isEmpty ? 0 : 1) }
            context += word.filter { !quotes.contains($0) } + " "
        }
        if context.hasSuffix(": ") { context.removeLast() }
    }
}
