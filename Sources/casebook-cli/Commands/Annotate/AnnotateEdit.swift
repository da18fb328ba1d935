import ArgumentParser
import Casebook
import Foundation
import LayerFiles
import TextModel

struct AnnotateEdit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Change what annotations say, or where they stand.",
        discussion: """
            What is not given stays. New concepts, persons and tags replace the old ones; --add-concept and
            --remove-concept change the list; --clear leaves a property without a value. Several annotations of one
            call are one step, which one `annotate undo` takes back.

            EXAMPLES
              casebook annotate edit a-7k2m9q4x --stance contradicts --comment 'Said to her mother, not to him.'
              casebook annotate edit a-7k2m9q4x --quote 'she counted down to where she had stopped'
              casebook annotate edit a-7k2m9q4x --passage p8 --range 20:61 --passage p9 --range 0:14
              casebook annotate edit a-7k2m9q4x a-p01c2v3b --add-concept neglect --clear certainty
            """)

    @Argument(help: "Ids of annotations; whole, or the part after # where it is unique.")
    var ids: [String]

    @OptionGroup var place: PlaceOptions

    @Option(help: "Concept, by id or label; replaces those there are. Repeat for several.")
    var concept: [String] = []

    @Option(help: ArgumentHelp("One concept more; repeat for several.", valueName: "concept"))
    var addConcept: [String] = []

    @Option(help: ArgumentHelp("One concept less; repeat for several.", valueName: "concept"))
    var removeConcept: [String] = []

    @Option(help: ArgumentHelp("Whom it is about: jane, jane>max, a relation's id.", valueName: "person"))
    var about: [String] = []

    @Option(help: "supports, contradicts or ambiguous.")
    var stance: String?

    @Option(help: "shown, told or inferred.")
    var basis: String?

    @Option(help: "0…1.")
    var certainty: Double?

    @Option(help: "Why.")
    var comment: String?

    @Option(help: ArgumentHelp("Content tag; repeat for several.", valueName: "tag"))
    var content: [String] = []

    @Flag(inversion: .prefixedNo, help: "The principal passage of its concept.")
    var principal: Bool?

    @Option(help: "Leave without a value: about, stance, basis, certainty, comment, content; repeat for several.")
    var clear: [AnnotationEdit.Field] = []

    @Option(name: .customLong("as"), help: "Annotator, for the history.")
    var annotator: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if ids.count > 1, !place.isEmpty { throw ValidationError("A new place goes with one annotation.") }
        if !concept.isEmpty, !addConcept.isEmpty || !removeConcept.isEmpty {
            throw ValidationError("--concept replaces all: it does not go with --add-concept and --remove-concept.")
        }
        if try edit().isEmpty { throw ValidationError("Say what to change; see --help.") }
    }

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let who = try project.authorship(annotator: annotator, layer: nil, login: NSUserName())
            let qualified = try project.qualifiedIDs(ids)
            try project.edit(qualified, try edit(), by: who)
            let output = common.openOutput()
            for id in qualified { output.write(id.text + "\n") }
            try output.finish()
        }
    }

    private func edit() throws -> AnnotationEdit {
        var edit = AnnotationEdit()
        edit.values.places = try place.places()
        edit.values.concepts = concept
        edit.values.about = about
        edit.values.stance = stance
        edit.values.basis = basis
        edit.values.certainty = certainty
        edit.values.comment = comment
        edit.values.content = content
        edit.addedConcepts = addConcept
        edit.removedConcepts = removeConcept
        edit.isPrincipal = principal
        edit.cleared = Set(clear)
        return edit
    }
}

extension AnnotationEdit.Field: ExpressibleByArgument {}
