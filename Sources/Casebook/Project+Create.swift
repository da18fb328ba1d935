import TextModel
import Writers

extension Project {
    /// Makes a casebook; the files made, from the folder.
    ///
    /// Refuses a folder that is a casebook; leaves files alone that are there.
    package static func create(in folder: String) throws -> [String] {
        guard !FileSystem.exists(folder + "/" + marker) else {
            throw Diagnostic(
                "is-a-casebook", .error, file: folder, "is a casebook already", advice: "Nothing was changed.")
        }
        var made: [String] = []
        func write(_ bytes: [UInt8], _ name: String) throws {
            guard !FileSystem.exists(folder + "/" + name) else { return }
            try FileSystem.write(bytes, to: folder + "/" + name)
            made.append(name)
        }
        try FileSystem.makeFolder(folder + "/Corpus")
        for (name, bytes) in ShippedFiles.all(in: "Schemas/") { try write(bytes, name) }
        // Last: a folder is a casebook only when all of it is there.
        try write(Array(newConfiguration.utf8), marker)
        return made
    }

    private static let newConfiguration = """
        # A casebook. Texts lie in Corpus/, the concepts and their cues in Schemas/.
        format: \(Configuration.format)
        scheme: Schemas/bonding.xml
        language: en
        # Who annotates and in which layer, where a command does not say:
        # annotator: Ana Lopes
        # layer: ana

        """
}
