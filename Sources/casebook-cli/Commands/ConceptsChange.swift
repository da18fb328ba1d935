import ArgumentParser
import Casebook
import Foundation
import LayerFiles
import TextModel

/// What all changes of the scheme have in common.
struct SchemeChangeOptions: ParsableArguments {
    @Flag(help: "Say what would change, and change nothing.")
    var dryRun = false

    @Option(name: .customLong("as"), help: "Annotator, for the history.")
    var annotator: String?

    @OptionGroup var common: CommonOptions

    /// Makes the change and prints the receipt; status 1 where something was skipped or is left to decide.
    func run(
        _ change: SchemeChange, in project: Project, divide: (AnnotationInLayer) -> String? = { _ in nil }
    ) throws {
        var isWhole = true
        try CommandFailure.wrapping {
            let who = try project.authorship(annotator: annotator, layer: nil, login: NSUserName()).annotator.id
            let receipt = try project.change(change, by: who, isDryRun: dryRun, divide: divide)
            let output = common.openOutput()
            for file in receipt.files { output.write("\(file)\n") }
            for (layer, ids) in receipt.layers.sorted(by: { $0.key < $1.key }) {
                output.write("\(layer)\t\(ids.count)\t\(ids.joined(separator: " "))\n")
            }
            for id in receipt.undecided { output.write("undecided\t\(id)\n") }
            try output.finish()
            for (layer, reason) in receipt.skipped.sorted(by: { $0.key < $1.key }) {
                Console.writeError("casebook: \(layer): skipped, it keeps the old concept: \(reason)\n")
            }
            let count = receipt.layers.values.map(\.count).reduce(0, +)
            let layers = "\(receipt.layers.count) layer\(receipt.layers.count == 1 ? "" : "s")"
            let changes = "\(count) annotation\(count == 1 ? "" : "s") in \(layers)"
            common.console.note(
                dryRun
                    ? "would change \(changes); nothing was changed"
                    : "changed \(changes); `casebook annotate undo` takes it back")
            if !receipt.undecided.isEmpty {
                common.console.note("\(receipt.undecided.count) undecided: they keep the old concept")
            }
            isWhole = receipt.skipped.isEmpty
        }
        if !isWhole { throw CommandFailure(.problems, "") }
    }

    /// The id of a concept that a user names by id or label; what the scheme does not know stays as it is.
    func concept(_ name: String, in scheme: ConceptScheme) -> String {
        (scheme[name] ?? scheme.concept(labelled: name))?.id ?? name
    }
}

struct ConceptsRename: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename", abstract: "Give a concept another id, in scheme, cues and all layers.",
        discussion: """
            Labels stay as they are. Where OLD has vanished from the scheme and NEW is in it, annotations with OLD
            get NEW: that mends what `casebook check` finds after a scheme was changed by hand.

            EXAMPLES
              casebook concepts rename lack-of-affection affection-lacking --dry-run
              casebook concepts rename impared-bonding impaired-bonding
            """)

    @Argument(help: "The id there is.")
    var old: String

    @Argument(help: "The new id.")
    var new: String

    @OptionGroup var options: SchemeChangeOptions

    func run() throws { try options.run(.rename(old, to: new), in: try options.common.project()) }
}

struct ConceptsMerge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Say with one concept what was said with several.",
        discussion: """
            The concepts that are given up stay in the scheme as deprecated, with what was written about them;
            annotations and cues get the other one. Narrower concepts stay where they are.

            EXAMPLES
              casebook concepts merge numbness emptiness --into lack-of-affection --dry-run
            """)

    @Argument(help: "Concepts to give up, by id or label.")
    var old: [String]

    @Option(help: "The concept that stays.")
    var into: String

    @OptionGroup var options: SchemeChangeOptions

    func run() throws {
        let project = try options.common.project()
        let scheme = try options.common.scheme(of: project)
        let into = options.concept(into, in: scheme)
        let old = old.map { options.concept($0, in: scheme) }
        guard !old.contains(into) else { throw CommandFailure(.usage, "“\(into)” cannot be merged into itself") }
        try options.run(.merge(old, into: into), in: project)
    }
}

struct ConceptsMove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Put a concept under another one, or at the top.",
        discussion: """
            EXAMPLES
              casebook concepts move anger --under impaired-bonding
              casebook concepts move anger --to-top
            """)

    @Argument(help: "The concept, by id or label.")
    var concept: String

    @Option(help: "The broader concept.")
    var under: String?

    @Flag(help: "Under no concept.")
    var toTop = false

    @OptionGroup var options: SchemeChangeOptions

    func validate() throws {
        if (under == nil) != toTop { throw ValidationError("Say where to: --under CONCEPT, or --to-top.") }
    }

    func run() throws {
        let project = try options.common.project()
        let scheme = try options.common.scheme(of: project)
        let under = under.map { options.concept($0, in: scheme) }
        try options.run(.move(options.concept(concept, in: scheme), under: under), in: project)
    }
}

struct ConceptsDeprecate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deprecate", abstract: "Mark a concept as one not to be used any more.",
        discussion: """
            Annotations keep it; `casebook check` lists them with what to use instead.

            EXAMPLES
              casebook concepts deprecate baby-blues --for postpartum-depression
            """)

    @Argument(help: "The concept, by id or label.")
    var concept: String

    @Option(name: .customLong("for"), help: "The concept to use instead.")
    var instead: String?

    @OptionGroup var options: SchemeChangeOptions

    func run() throws {
        let project = try options.common.project()
        let scheme = try options.common.scheme(of: project)
        let instead = instead.map { options.concept($0, in: scheme) }
        try options.run(.deprecate(options.concept(concept, in: scheme), instead: instead), in: project)
    }
}

struct ConceptsOutdated: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outdated", abstract: "Annotations that were made under another version of the scheme.",
        discussion: """
            To be read again where a definition has changed: raise the version in the scheme, and this lists them.
            A line each: id, concept, version.

            EXAMPLES
              casebook concepts outdated
              casebook concepts outdated neglect
            """)

    @Argument(help: "Concepts, by id; by default all.")
    var concepts: [String] = []

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let output = common.openOutput()
            let found = try project.outdatedAnnotations(of: Set(concepts))
            for annotation in found {
                output.write("\(annotation.id)\t\(annotation.concept)\t\(annotation.version ?? "-")\n")
            }
            try output.finish()
            common.console.note("\(found.count) annotation\(found.count == 1 ? "" : "s")")
        }
    }
}
