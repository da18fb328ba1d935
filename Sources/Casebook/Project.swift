package import TextModel

/// A casebook: a folder with a `casebook.yml`, texts, layers and a concept scheme.
///
/// Its methods are the steps of the work, in the order in which a sentence takes them: read, suggest, annotate,
/// index, query, export. The command line calls nothing else.
public struct Project: Sendable {
    /// Version of the program; written into layers, indexes and sheets.
    public static let version = "0.1.0"

    /// Name of the file that makes a folder a casebook.
    package static let marker = "casebook.yml"

    /// Absolute path of the folder.
    public let folder: String
    package let configuration: Configuration
    /// What was wrong with `casebook.yml`.
    package let diagnostics: [Diagnostic]

    /// Opens the casebook in a folder.
    package static func open(_ folder: String) throws -> Project {
        let folder = FileSystem.absolute(folder)
        let path = folder + "/" + marker
        guard FileSystem.exists(path) else {
            throw Diagnostic(
                "no-casebook", .error, file: folder, "is no casebook: it has no \(marker)",
                advice: "Make one with `casebook init \(folder)`.")
        }
        let text = String(decoding: try FileSystem.read(path, as: marker), as: UTF8.self)
        let (configuration, diagnostics) = Configuration.read(text, file: marker)
        if let newer = diagnostics.first(where: { $0.identifier == "newer-format" }) { throw newer }
        return Project(folder: folder, configuration: configuration, diagnostics: diagnostics)
    }

    /// The casebook that a folder lies in: found upwards, as git does; `nil` where there is none.
    package static func find(from start: String) throws -> Project? {
        var folder = FileSystem.absolute(start)
        while true {
            if FileSystem.exists(folder + "/" + marker) { return try open(folder) }
            guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return nil }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    /// A folder treated as a casebook with the defaults, to read and check files that lie in none.
    package static func standIn(for folder: String) -> Project {
        Project(folder: FileSystem.absolute(folder), configuration: Configuration(), diagnostics: [])
    }

    /// Where a file is read: from the casebook, else, for one that lies outside and was named so, from the working
    /// folder.
    package func path(of file: String) -> String {
        if file.hasPrefix("/") { return file }
        let own = folder + "/" + file
        // What belongs into a casebook is looked for there only, whatever the working folder has.
        let isOwn = Self.ownFolders.contains { file.hasPrefix($0) } || file == Self.marker
        return !isOwn && !FileSystem.exists(own) && FileSystem.exists(file) ? FileSystem.absolute(file) : own
    }

    private static let ownFolders = ["Corpus/", "Schemas/", "Packets/", "Queries/", "Templates/", ".casebook/"]

    /// All TEI files under `Corpus/`: texts, layers and persons; paths from the casebook, sorted.
    package func corpusFiles() -> [String] {
        FileSystem.files(under: folder + "/Corpus", extensions: ["xml", "tei"]).map { "Corpus/" + $0 }
    }

    /// Is a file among those that query, export and suggest look at.
    package func isInScope(_ file: String) -> Bool {
        if configuration.scope.isEmpty { return !file.hasPrefix("Corpus/Exemplars/") }
        return configuration.scope.contains { entry in
            let folder = entry.hasSuffix("/") ? entry : entry + "/"
            return file == entry || file.hasPrefix(folder)
        }
    }
}
