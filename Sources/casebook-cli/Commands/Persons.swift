import ArgumentParser
import Casebook
import Foundation
import Readers
import TextModel
import Writers

struct Persons: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The persons of texts, and how they are related.",
        discussion: """
            A text declares its persons itself, or they stand beside it: love-story.persons.xml. Annotations are
            about them, and cues know who is whose mother.
            """,
        subcommands: [PersonsList.self, PersonsAdd.self], defaultSubcommand: PersonsList.self)
}

struct PersonsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Persons and relations of texts.",
        discussion: """
            EXAMPLES
              casebook persons list
              casebook persons list the-good-room
            """)

    @Argument(help: "Texts; by default all in scope.")
    var documents: [String] = []

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let output = common.openOutput()
            for file in try project.textFiles(named: documents) {
                for document in try project.read(file).documents where !document.work.persons.isEmpty {
                    output.write("\(document.work.title)  (\(document.name))\n")
                    for person in document.work.persons {
                        let properties = [person.role, person.sex?.rawValue].compactMap(\.self).joined(separator: ", ")
                        output.write("  \(person.id)\t\(person.names.joined(separator: " / "))\t\(properties)\n")
                    }
                    for relation in document.work.relations {
                        let sides =
                            relation.mutual.isEmpty
                            ? relation.active.joined(separator: ", ") + " → " + relation.passive.joined(separator: ", ")
                            : relation.mutual.joined(separator: " – ")
                        output.write("  \(relation.id ?? "·")\t\(relation.name)\t\(sides)\n")
                    }
                }
            }
            try output.finish()
        }
    }
}

struct PersonsAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a person or a relation beside a text.",
        discussion: """
            The text itself is not changed: persons stand in NAME.persons.xml. Relations are named as DraCor names
            them: parent_of, lover_of, related_with, siblings, spouses, friends; others are free.

            EXAMPLES
              casebook persons add silas-marner --id eppie --name Eppie --sex F --role child
              casebook persons add silas-marner --relation parent_of --active silas --passive eppie
              casebook persons add bleak-house --from persons.json
            """)

    @Argument(help: "The text: a path, or a work's name.")
    var document: String

    @Option(help: "Id of the person, short and lower case; or of the relation.")
    var id: String?

    @Option(help: "Name; repeat for other names and forms.")
    var name: [String] = []

    @Option(help: "F or M.")
    var sex: String?

    @Option(help: "mother, father, child, nurse …")
    var role: String?

    @Flag(help: "A group of persons.")
    var group = false

    @Option(help: "Name of a relation.")
    var relation: String?

    @Option(help: "Whom the relation goes out from; repeat for several.")
    var active: [String] = []

    @Option(help: "Whom the relation goes to; repeat for several.")
    var passive: [String] = []

    @Option(help: "Persons of a relation without direction; give two or more.")
    var mutual: [String] = []

    @Option(help: ArgumentHelp("JSON with persons and relations.", valueName: "file"))
    var from: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard from == nil else { return }
        if relation == nil, id == nil || name.isEmpty { throw ValidationError("A person needs --id and --name.") }
        if relation != nil, mutual.isEmpty, active.isEmpty || passive.isEmpty {
            throw ValidationError("A relation needs --active and --passive, or --mutual twice.")
        }
        if let sex, Sex(abbreviation: sex) == nil { throw ValidationError("--sex is F or M.") }
    }

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let text = try project.document(named: document, from: FileManager.default.currentDirectoryPath)
            var persons: [Person] = []
            var relations: [Relation] = []
            if let from {
                (persons, relations) = try PersonsJSON.read(try FileSystem.read(from, as: from), file: from)
            } else if let relation {
                relations = [Relation(id: id, name: relation, active: active, passive: passive, mutual: mutual)]
            } else if let id {
                persons = [
                    Person(id: id, names: name, sex: sex.flatMap(Sex.init(abbreviation:)), role: role, isGroup: group)
                ]
            }
            let file = try project.addPersons(persons, relations, to: text)
            common.console.note("added \(persons.count) persons and \(relations.count) relations to \(file)")
        }
    }
}
