import Foundation
import LayerFiles
import Readers
package import TextModel

/// Persons and relations as JSON, for `persons add --from`.
package enum PersonsJSON {
    private struct File: Decodable {
        struct Person: Decodable {
            var id: String
            var names: [String]
            var sex: String?
            var role: String?
            var group: Bool?
        }
        struct Relation: Decodable {
            var id: String?
            var name: String
            var active: [String]?
            var passive: [String]?
            var mutual: [String]?
        }
        var persons: [Person]?
        var relations: [Relation]?
    }

    package static func read(_ bytes: [UInt8], file: String) throws -> (persons: [Person], relations: [Relation]) {
        do {
            let file = try JSONDecoder().decode(File.self, from: Data(bytes))
            let persons = (file.persons ?? []).map { person in
                Person(
                    id: person.id, names: person.names, sex: person.sex.flatMap(Sex.init(abbreviation:)),
                    role: person.role, isGroup: person.group ?? false)
            }
            let relations = (file.relations ?? []).map { relation in
                Relation(
                    id: relation.id, name: relation.name, active: relation.active ?? [],
                    passive: relation.passive ?? [], mutual: relation.mutual ?? [])
            }
            return (persons, relations)
        } catch {
            throw Diagnostic(
                "malformed-persons", .error, file: file, "no persons in JSON",
                advice:
                    #"Needed: {"persons": [{"id", "names", "sex", "role"}], "relations": [{"name", "active", "passive"}]}."#
            )
        }
    }
}

extension Sex {
    /// `F`, `M`, `FEMALE`, `MALE`, in any case.
    package init?(abbreviation: String) {
        switch abbreviation.uppercased() {
        case "F", "FEMALE": self = .female
        case "M", "MALE": self = .male
        default: return nil
        }
    }
}

extension Project {
    /// Adds persons and relations to the text's `NAME.persons.xml`, made where it is missing; the file's path.
    ///
    /// Refuses ids that are taken, and relations of persons that nobody declares. All or nothing.
    package func addPersons(_ persons: [Person], _ relations: [Relation], to document: Document) throws -> String {
        let path = Self.personsFile(of: document.path)
        let isThere = FileSystem.exists(self.path(of: path))
        var file =
            isThere
            ? PersonsFile(bytes: try FileSystem.read(self.path(of: path), as: path), path: path)
            : PersonsFile(for: document, path: path)
        var declaredHere = Set(isThere ? PersonsReader.read(file.bytes, path: path).persons.map(\.id) : [])
        var known = Set(document.work.persons.map(\.id))
        for person in persons {
            guard known.insert(person.id).inserted else {
                throw Diagnostic(
                    "duplicate-id", .error, file: path, "“\(person.id)” is a person of this text already",
                    advice: "Give another id.")
            }
            guard Self.isXMLName(person.id) else {
                throw Diagnostic(
                    "bad-id", .error, file: path, "“\(person.id)” is no id",
                    advice: "An id begins with a letter and has letters, digits, -, _ and . only.")
            }
            try file.add(person)
            declaredHere.insert(person.id)
        }
        for relation in relations {
            for id in relation.active + relation.passive + relation.mutual where !known.contains(id) {
                throw Diagnostic(
                    "unknown-person", .error, file: path, "no person “\(id)” for the relation \(relation.name)",
                    advice: nearestNames(to: id, among: known).first.map { "Did you mean “\($0)”?" })
            }
            try file.add(
                relation, textFile: LayerFile.relativePath(of: document.path, fromFolderOf: path),
                declaredHere: declaredHere)
        }
        try FileSystem.write(file.bytes, to: self.path(of: path))
        return path
    }

    /// What `xml:id` allows, in ASCII.
    private static func isXMLName(_ id: String) -> Bool {
        guard let first = id.unicodeScalars.first, first.properties.isAlphabetic || first == "_" else { return false }
        return id.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_" || $0 == "."
        }
    }
}
