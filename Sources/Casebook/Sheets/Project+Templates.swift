import TextModel
import Writers

extension Project {
    /// Where a casebook's own templates lie: each is used in place of the shipped one of its name.
    package static let templateFolder = "Templates"

    /// Names of the shipped templates and their style, sorted: `handout.html.mustache`, `sheet.css`.
    package static var shippedTemplates: [String] {
        ShippedFiles.all(in: templateFolder + "/").map { String($0.name.dropFirst(templateFolder.count + 1)) }.sorted()
    }

    /// Copies shipped templates into the casebook, to be changed there.
    ///
    /// - Parameters:
    ///   - names: of files, with or without `.mustache`; empty: all.
    ///   - overwrites: files that are there are written over; else they are an error, and nothing is written.
    /// - Returns: paths of the files, from the casebook.
    /// - Throws: a `Diagnostic` for a name that is none, or a file that is there or cannot be written.
    package func ejectTemplates(_ names: [String], overwrites: Bool = false) throws -> [String] {
        let known = Self.shippedTemplates
        let chosen = try names.map { name -> String in
            if let file = [name, name + ".mustache"].first(where: known.contains) { return file }
            throw Diagnostic(
                "not-found", .error, file: name, "no such template",
                advice: nearestNames(to: name, among: known + known.map { $0.replacing(".mustache", with: "") }).first
                    .map { "Did you mean “\($0)”?" }
                    ?? "`casebook template list` names those there are.")
        }
        let files = (chosen.isEmpty ? known : chosen).map { Self.templateFolder + "/" + $0 }
        if !overwrites, let taken = files.first(where: { FileSystem.exists(path(of: $0)) }) {
            throw Diagnostic(
                "is-there", .error, file: taken, "there is such a template already",
                advice: "Nothing was changed; --force writes over it.")
        }
        let shipped = Dictionary(
            ShippedFiles.all(in: Self.templateFolder + "/").map { ($0.name, $0.bytes) },
            uniquingKeysWith: { old, _ in old })
        for file in files { try FileSystem.write(shipped[file] ?? [], to: path(of: file)) }
        return files
    }

    /// Is a template the casebook's own.
    package func hasOwnTemplate(_ name: String) -> Bool {
        FileSystem.exists(path(of: Self.templateFolder + "/" + name))
    }
}
