import QueryLanguage
import TextModel

extension Project {
    /// What is wrong in the saved queries, each at its line of `Queries/NAME.query`: syntax, names that nothing
    /// carries, queries that use themselves; and as notes how they are understood where that may surprise, a name
    /// that is searched as a word because no concept has it any more.
    ///
    /// Looks names up in the index, which is brought up to date where there are saved queries.
    func checkSavedQueries(jobs: Int) -> [Diagnostic] {
        let folder = path(of: SavedQueryFile.folder)
        let files = savedQueryFiles()
        let known = Set(files.map(\.path))
        var found = FileSystem.files(in: folder, extensions: [SavedQueryFile.fileExtension])
            .map { SavedQueryFile.folder + "/" + $0 }.filter { !known.contains($0) }
            .map { file in
                Diagnostic(
                    "bad-name", .warning, file: file, "no query can name this file",
                    advice: "A name is one word of letters, digits, - and _, and none of the words for operators.")
            }
        if files.isEmpty { return found }
        guard let index = try? updatedIndex(jobs: jobs).index else {
            found.append(
                Diagnostic(
                    "unchecked-queries", .warning, file: SavedQueryFile.folder,
                    "saved queries are not checked: the index cannot be written",
                    advice: "`casebook index` says why."))
            return found
        }
        let names = queryNames(index)
        for file in files {
            do throws(QueryError) {
                // By its name, so that a query that uses itself is found.
                let resolved = try QueryResolver.resolve("@" + file.name, names: names)
                found += resolved.notes.map { Self.inFile($0.diagnostic, of: $0.saved) }
            } catch {
                found.append(Self.inFile(error.diagnostic, of: error.saved))
            }
        }
        // What is wrong in one is met again in all that use it.
        var seen: [Diagnostic] = []
        for diagnostic in found where !seen.contains(diagnostic) { seen.append(diagnostic) }
        return seen
    }

    private static func inFile(_ diagnostic: Diagnostic, of saved: String?) -> Diagnostic {
        var diagnostic = diagnostic
        if let saved { diagnostic.file = SavedQueryFile.path(of: String(saved.dropFirst())) }
        return diagnostic
    }
}
