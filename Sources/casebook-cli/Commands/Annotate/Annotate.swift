import ArgumentParser
import Casebook
import Foundation
import LayerFiles
import TextModel

struct Annotate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Add, list, change and decide on annotations.",
        discussion: """
            Annotations stand in layer files beside the text, one annotator a layer: love-story.xml is the text,
            love-story.ana.xml the layer “ana”. The text itself is never written to.
            """,
        subcommands: [
            AnnotateAdd.self, AnnotateEdit.self, AnnotateRemove.self, AnnotateList.self, AnnotateShow.self,
            AnnotateReview.self, AnnotateAccept.self, AnnotateReject.self,
            AnnotateReanchor.self, AnnotateMerge.self, AnnotatePack.self, AnnotateUnpack.self, AnnotateUndo.self,
            AnnotateRedo.self, AnnotateLog.self,
        ])
}

/// Who annotates, and in which layer.
struct AuthorshipOptions: ParsableArguments {
    @Option(help: "Layer to write; by default that of casebook.yml, else the annotator's name.")
    var layer: String?

    @Option(name: .customLong("as"), help: "Annotator; by default that of casebook.yml, else the login name.")
    var annotator: String?

    func authorship(in project: Project) throws -> Authorship {
        try project.authorship(annotator: annotator, layer: layer, login: NSUserName())
    }
}

extension CommandFailure {
    /// Any error as a command ends with it.
    static func wrapping<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let diagnostic as Diagnostic {
            throw CommandFailure(diagnostic)
        }
    }
}

struct AnnotateAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Annotate words of a text; prints the whole id.",
        discussion: """
            The words are given as a quote that stands once in the text, or as scalars of a passage. A quote that
            stands in several places is an error that lists them.

            EXAMPLES
              casebook annotate add the-good-room --quote 'she counted down to where she had stopped' \\
                --concept impaired-bonding --about 'rene>colin' --stance supports --basis shown
              casebook annotate add the-good-room --passage p8 --range 20:61 --concept impaired-bonding
              casebook annotate add the-good-room --from seminar.jsonl --layer seminar
            """)

    @Argument(help: "The text: a path, or a work's name.")
    var document: String

    @OptionGroup var place: PlaceOptions

    @Option(help: "Concept, by id or label; repeat for several.")
    var concept: [String] = []

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

    @Flag(help: "The principal passage of its concept.")
    var principal = false

    @Flag(help: "The words were read and show no concept; kept as a decision.")
    var none = false

    @Option(help: ArgumentHelp("JSON lines with an annotation each; - is standard input.", valueName: "file"))
    var from: String?

    @Flag(name: .customLong("digests"), help: "Keep digests of the words, not the words: for a layer to give away.")
    var keepsDigests = false

    @OptionGroup var author: AuthorshipOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if from == nil, place.isEmpty {
            throw ValidationError("Give the words with --quote, or --passage and --range.")
        }
        if from == nil, concept.isEmpty != none { throw ValidationError("Give at least one --concept, or --none.") }
    }

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let text = try project.document(named: document, from: FileManager.default.currentDirectoryPath)
            let drafts = try from.map { try Self.read($0) } ?? [draft()]
            let ids = try project.annotate(
                text, with: drafts, by: try author.authorship(in: project), keepsDigests: keepsDigests)
            let output = common.openOutput()
            for id in ids { output.write(id + "\n") }
            try output.finish()
        }
    }

    private static func read(_ file: String) throws -> [AnnotationDraft] {
        let bytes =
            file == "-"
            ? [UInt8](try FileHandle.standardInput.readToEnd() ?? Data()) : try FileSystem.read(file, as: file)
        return try DraftFile.read(bytes, file: file)
    }

    private func draft() throws -> AnnotationDraft {
        var draft = AnnotationDraft()
        draft.places = try place.places()
        draft.concepts = concept
        draft.about = about
        draft.stance = stance
        draft.basis = basis
        draft.certainty = certainty
        draft.comment = comment
        draft.content = content
        draft.isPrincipal = principal
        draft.findsNothing = none
        return draft
    }
}
