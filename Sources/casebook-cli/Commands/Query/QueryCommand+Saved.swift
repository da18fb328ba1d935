import Casebook
import QueryLanguage
import SearchIndex
import TextModel
import Writers

extension QueryCommand {
    /// `--save`: what is kept is understood today; names that a later scheme no longer has are an error when used.
    func save(as name: String) throws {
        let project = try common.project()
        let text = expression.joined(separator: " ")
        let old = try CommandFailure.wrapping {
            let saved = try project.savedQueries(adding: text, as: name)
            let index = try common.updatedIndex(of: project)
            _ = try common.resolve(text, names: index.names(saved: saved))
            return try project.saveQuery(text, as: name)
        }
        common.console.note("\(SavedQueryFile.path(of: name)) is @\(name)" + (old.map { "; it was \($0.line)" } ?? ""))
    }

    /// `--saved`: those that cannot be used are listed too, and what is wrong with them follows.
    func listSaved() throws {
        let project = try common.project()
        let files = project.savedQueryFiles()
        let output = common.openOutput()
        try printList(files, to: output)
        try output.finish()
        if files.isEmpty { common.console.note("no saved queries: casebook query --save NAME 'QUERY' keeps one") }
        let index = try common.updatedIndex(of: project)
        let names = project.queryNames(index)
        var isWrong = false
        for file in files {
            do {
                _ = try QueryResolver.resolve("@" + file.name, names: names)
            } catch {
                isWrong = true
                Console.writeError("\(file.path): " + error.rendered(usesColour: common.console.usesColour))
            }
        }
        if isWrong { throw CommandFailure(.problems, "") }
    }

    private func printList(_ files: [SavedQueryFile], to output: ResultOutput) throws {
        switch format {
        case .table:
            guard !files.isEmpty else { return }
            var table = TextTable([.init("Name"), .init("Query")])
            table.rows = files.map { ["@" + $0.name, $0.line] }
            output.write(table.text(width: Terminal.width, colours: common.coloursResults))
        case .csv:
            var csv = CSVWriter()
            csv.row(["name", "query", "file"])
            for file in files { csv.row([file.name, file.line, file.path]) }
            output.write(csv.bytes)
        case .jsonl:
            var json = JSONWriter()
            for file in files {
                json.beginObject()
                json.key("name")
                json.string(file.name)
                json.key("query")
                json.string(file.line)
                json.key("file")
                json.string(file.path)
                json.endObject()
                json.endLine()
            }
            output.write(json.bytes)
        case .kwic, .html:
            throw CommandFailure(.usage, "--saved prints a table, csv or jsonl, not \(format.rawValue)")
        }
    }
}
