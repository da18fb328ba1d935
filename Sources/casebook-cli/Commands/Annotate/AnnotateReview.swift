import ArgumentParser
import Casebook
import LayerFiles
import QueryLanguage
import Readers
import TextModel
import Writers

struct AnnotateReview: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Walk through suggestions and decide with single keys.",
        discussion: """
            Shows each open suggestion in its passage, with its reason, its score and what annotations of the
            passage say. Each decision is saved at once.

              a  accept: becomes an annotation        u  take the last decision of this walk back
              r  reject: is not made again            n  next: leave it open
              s  skip: set aside without a verdict    q  quit

            Keys are read one by one, also from a pipe. Prints the ids of what was written.

            EXAMPLES
              casebook annotate review the-good-room
              casebook annotate review --min-score 0.5 --concept impaired-bonding
              casebook annotate review --where 'word:nurse'
            """)

    @Argument(help: "Texts; by default all in scope.")
    var documents: [String] = []

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Only suggestions in the passages that a query finds.", valueName: "query"))
    var query: String?

    @Option(help: ArgumentHelp("From this score on, 0…1.", valueName: "score"))
    var minScore: Double?

    @Option(help: "Only for this concept, by id; repeat for several.")
    var concept: [String] = []

    @OptionGroup var author: AuthorshipOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let files = try project.textFiles(named: documents)
            let hits = try query.map { try common.passages(of: $0, in: project) }
            let found = hits.map { Set($0.map { String($0.document.prefix { $0 != "#" }) }) }
            var walk = ReviewWalk(
                project: project, authorship: try author.authorship(in: project), usesColour: common.console.usesColour)
            for file in files where found?.contains(file) ?? true {
                let open = try project.openSuggestions(
                    in: [file], minimumScore: minScore, concepts: Set(concept))
                guard try walk.review(hits.map { project.suggestions(open, matching: $0) } ?? open) else { break }
            }
            common.console.note(walk.summary)
            let output = common.openOutput()
            for id in walk.ids { output.write(id + "\n") }
            try output.finish()
        }
    }
}

/// A walk through suggestions; what is shown goes to standard error, where people are.
private struct ReviewWalk {
    let project: Project
    let authorship: Authorship
    let usesColour: Bool
    private let keys = KeyReader()
    /// Decisions of this walk, in order, with the index of their suggestion in the list at hand.
    private var made: [(kind: Kind, ids: [String], index: Int, list: Int)] = []
    /// Number of the list at hand: undo goes back inside one list.
    private var list = 0

    private enum Kind: String { case accepted, rejected, skipped }

    init(project: Project, authorship: Authorship, usesColour: Bool) {
        self.project = project
        self.authorship = authorship
        self.usesColour = usesColour
    }

    /// Ids of what was written and not taken back.
    var ids: [String] { made.flatMap(\.ids) }

    var summary: String {
        func count(_ kind: Kind) -> Int { made.count { $0.kind == kind } }
        return "\(count(.accepted)) accepted, \(count(.rejected)) rejected, \(count(.skipped)) skipped"
    }

    /// False where the person has left.
    mutating func review(_ suggestions: [LocatedSuggestion]) throws -> Bool {
        list += 1
        var index = 0
        while index < suggestions.count {
            let located = suggestions[index]
            let layers = try self.layers(of: located)
            // What was decided a moment ago can answer this one too.
            if layers.suggestionStates.state(of: located.suggestion) != .open {
                index += 1
                continue
            }
            show(located, layers, number: index + 1, of: suggestions.count)
            asking: while true {
                Console.writeError(styled("2", "[a]ccept [r]eject [s]kip [n]ext [u]ndo [q]uit: "))
                guard let key = keys.next() else {
                    Console.writeError("\n")
                    return false
                }
                Console.writeError("\(key)\n")
                switch key {
                case "a":
                    add(.accepted, try project.accept([located], by: authorship), index)
                    index += 1
                case "r":
                    add(.rejected, try project.decline([located], as: .rejected, by: authorship), index)
                    index += 1
                case "s":
                    add(.skipped, try project.decline([located], as: .skipped, by: authorship), index)
                    index += 1
                case "n": index += 1
                case "u":
                    guard let back = try undo() else { continue asking }
                    index = back
                case "q": return false
                default:
                    Console.writeError("“\(key)” is none of these keys\n")
                    continue asking
                }
                break asking
            }
        }
        return true
    }

    private mutating func add(_ kind: Kind, _ ids: [String], _ index: Int) {
        made.append((kind, ids, index, list))
    }

    /// Takes the last decision back; where to go on, or `nil` where nothing was taken back.
    private mutating func undo() throws -> Int? {
        guard let last = made.last, last.list == list else {
            Console.writeError("there is no decision on this text to take back\n")
            return nil
        }
        do {
            let ids = try project.qualifiedIDs(last.ids)
            if last.kind == .accepted, try ids.contains(where: { try project.annotation($0).isModified }) {
                Console.writeError("somebody has changed the annotation since: it stays\n")
                return nil
            }
            try project.removeAnnotations(ids, by: authorship.annotator.id)
        } catch let diagnostic as Diagnostic {
            Console.writeError("\(diagnostic.summary)\n")
            return nil
        }
        made.removeLast()
        return last.index
    }

    private func layers(of located: LocatedSuggestion) throws -> AnchoredLayers {
        let documents = try project.read(located.document.path).documents
        let index = documents.firstIndex { $0.fragment == located.document.fragment } ?? 0
        return project.layers(of: documents)[index]
    }

    private func show(_ located: LocatedSuggestion, _ layers: AnchoredLayers, number: Int, of count: Int) {
        let (suggestion, document) = (located.suggestion, located.document)
        let width = min(Terminal.width, 100)
        let piece = AnchoredPiece(passage: suggestion.passage, raw: suggestion.raw)
        let title = document.work.title.isEmpty ? document.name : document.work.title
        let place = document.locator(for: suggestion.raw, in: suggestion.passage).label
        let stance = suggestion.stance == .supports ? "" : " (\(suggestion.stance.rawValue))"
        let score = Int((suggestion.score * 100).rounded())
        var text = "\n" + styled("1", "\(title), \(place)") + "  \(number)/\(count)\n"
        text += "  \(styled("36", suggestion.concept))\(stance)  \(score) %  \(styled("2", suggestion.id))\n"
        text += wrapped(suggestion.reason, width: width, indentation: "  ") + "\n"
        text += AnnotationRecords.passage(
            suggestion.passage, of: document, marking: [piece], colours: usesColour, width: width)
        let neighbours = layers.neighbours(of: [piece])
        if !neighbours.isEmpty {
            text += "\n  " + styled("2", "annotated here") + "\n"
            text += AnnotationRecords.neighbours(neighbours, of: document, colours: usesColour, width: width)
        }
        Console.writeError(text + "\n")
    }

    private func styled(_ code: String, _ text: String) -> String {
        usesColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

extension AnnotationInContext {
    fileprivate var isModified: Bool { anchored.annotation.modified != nil }
}
