package import Readers
package import TextModel

extension Project {
    /// Reads a text; persons of its `NAME.persons.xml` are added to those that it declares itself.
    ///
    /// `file` is a path from the casebook, or anywhere else.
    package func read(_ file: String) throws -> TEIReading {
        let bytes = try FileSystem.read(path(of: file), as: file)
        return read(bytes, file: file)
    }

    /// As ``read(_:)``, with the bytes at hand.
    package func read(_ bytes: [UInt8], file: String) -> TEIReading {
        var reading = TEIReader.read(bytes, path: file, defaultLanguage: configuration.language)
        let personsFile = Self.personsFile(of: file)
        guard reading.kind == .text, FileSystem.exists(path(of: personsFile)) else { return reading }
        do {
            let persons = PersonsReader.read(
                try FileSystem.read(path(of: personsFile), as: personsFile), path: personsFile)
            reading.diagnostics += persons.diagnostics
            for index in reading.documents.indices {
                reading.documents[index].work.add(persons.persons, persons.relations)
            }
        } catch {
            reading.diagnostics.append(
                error as? Diagnostic ?? Diagnostic("unreadable-file", .error, file: personsFile, "\(error)"))
        }
        return reading
    }

    /// `love-story.persons.xml` of `love-story.xml`.
    package static func personsFile(of file: String) -> String { stem(of: file) + ".persons.xml" }

    /// `Corpus/love-story` of `Corpus/love-story.xml`.
    static func stem(of file: String) -> String {
        guard let dot = file.lastIndex(of: "."), !file[dot...].contains("/") else { return file }
        return String(file[..<dot])
    }

    /// The file and, inside a corpus file, the fragment that a user means: a path, or a work's name without folder
    /// and extension.
    package func textFile(named name: String, from workingFolder: String) throws -> (file: String, fragment: String?) {
        let parts = name.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let wanted = parts[0]
        let fragment = parts.count > 1 ? parts[1] : nil
        let absolute = wanted.hasPrefix("/") ? wanted : workingFolder + "/" + wanted
        if FileSystem.exists(absolute), !FileSystem.isFolder(absolute) {
            // A file of the casebook is named from there; another one keeps the name that it was given, unless the
            // casebook has a file of that name.
            let own = FileSystem.relative(absolute, to: folder)
            guard own.hasPrefix("/") else { return (own, fragment) }
            return (FileSystem.exists(folder + "/" + wanted) ? own : wanted, fragment)
        }
        if FileSystem.exists(path(of: wanted)), !FileSystem.isFolder(path(of: wanted)) { return (wanted, fragment) }
        let files = corpusFiles()
        if let file = files.first(where: { Self.stem(of: Self.lastComponent(of: $0)) == wanted }) {
            return (file, fragment)
        }
        let names = files.map { Self.stem(of: Self.lastComponent(of: $0)) }
        throw Diagnostic(
            "not-found", .error, file: wanted, "no such text",
            advice: nearestNames(to: wanted, among: names).first.map { "Did you mean “\($0)”?" })
    }

    static func lastComponent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// A path from a folder, without its `..` and `.`.
    static func join(_ folder: String, _ file: String) -> String {
        guard !file.hasPrefix("/") else { return file }
        var parts = folder.split(separator: "/").map(String.init)
        for part in file.split(separator: "/").map(String.init) {
            if part == "..", !parts.isEmpty, parts.last != ".." {
                parts.removeLast()
            } else if part != "." {
                parts.append(part)
            }
        }
        return (folder.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// The one document that a user means; an error with the choices where the file holds several.
    package func document(named name: String, from workingFolder: String) throws -> Document {
        let (file, fragment) = try textFile(named: name, from: workingFolder)
        let reading = try read(file)
        if let error = reading.diagnostics.first(where: { $0.severity == .error }) { throw error }
        let documents = reading.documents
        if let fragment {
            if let document = documents.first(where: { $0.fragment == fragment }) { return document }
        } else if documents.count == 1 {
            return documents[0]
        }
        guard !documents.isEmpty else {
            throw Diagnostic("no-text", .error, file: file, "holds no text")
        }
        throw Diagnostic(
            "which-document", .error, file: file, "holds \(documents.count) texts",
            advice: "Name one: " + documents.map(\.name).joined(separator: ", "))
    }
}

extension Work {
    /// Adds persons and relations that another file declares; what the work says itself stays.
    mutating func add(_ persons: [Person], _ relations: [Relation]) {
        let known = Set(self.persons.map(\.id))
        self.persons += persons.filter { !known.contains($0.id) }
        self.relations += relations.filter { !self.relations.contains($0) }
    }
}
