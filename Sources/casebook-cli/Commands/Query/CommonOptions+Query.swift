import Casebook
import QueryLanguage
import SearchIndex
import TextModel

extension CommonOptions {
    /// The index, up to date; what is wrong in texts is told.
    func updatedIndex(of project: Project) throws -> CorpusIndex {
        let console = self.console
        return try CommandFailure.wrappingQuery {
            let (index, report) = try project.updatedIndex(jobs: jobs) { done, total in
                console.progress("index", done: done, of: total)
            }
            if report.wasRebuilt { console.note("the index was damaged and has been made anew") }
            Reporter(console: console, project: project).report(report.diagnostics)
            return index
        }
    }

    /// Parses a query and looks up its names; notes go to standard error.
    func resolve(_ text: String, index: CorpusIndex, project: Project) throws -> ResolvedQuery {
        try resolve(text, names: project.queryNames(index))
    }

    func resolve(_ text: String, names: IndexNames) throws -> ResolvedQuery {
        do {
            let query = try QueryResolver.resolve(text, names: names)
            for note in query.notes { console.note("note: \(note.summary)") }
            return query
        } catch {
            throw CommandFailure(.usage, error.rendered(usesColour: console.usesColour))
        }
    }
}

extension CommandFailure {
    /// Errors of queries and of the index as a command ends with them.
    static func wrappingQuery<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try wrapping(body)
        } catch let error as QueryError {
            throw CommandFailure(.usage, error.rendered())
        } catch let error as IndexError {
            throw CommandFailure(.fault, "\(error)")
        }
    }
}
