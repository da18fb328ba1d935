package import TextModel

/// Reads a persons file, `NAME.persons.xml`: persons and relations that a text does not declare itself.
package enum PersonsReader {
    package struct Reading: Sendable {
        package var persons: [Person]
        package var relations: [Relation]
        package var diagnostics: [Diagnostic]
    }

    /// Relations may point into the text (`hard.xml#ada`): ids are given without the file.
    package static func read(_ bytes: [UInt8], path: String) -> Reading {
        var handler = TEIHandler(path: path, defaultLanguage: "en")
        let diagnostics = XMLReader.read(bytes, file: path, into: &handler) + handler.diagnostics
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            return Reading(persons: [], relations: [], diagnostics: diagnostics)
        }
        return Reading(
            persons: handler.lastWork.persons, relations: handler.lastWork.relations, diagnostics: diagnostics)
    }
}
