package import LanguageModels
package import TextModel
import Yams

/// What `casebook.yml` says: the file that makes a folder a casebook.
package struct Configuration: Sendable, Equatable {
    /// Path of the concept scheme from the casebook.
    package var scheme = "Schemas/bonding.xml"
    /// Language of texts that name none.
    package var language = "en"
    /// Who annotates, where `--as` does not say.
    package var annotator: String?
    /// Layer that is written, where `--layer` does not say.
    package var layer: String?
    /// Words of one restricted work that a sheet may quote before it warns.
    package var quotationLimit: Int?
    /// What is to hold for a work whatever its file says, by the work's name without folder and extension.
    package var works: [String: WorkRights] = [:]
    /// Folders and files that query, export and suggest look at, from the casebook; empty: all of `Corpus/` but
    /// `Corpus/Exemplars/`.
    package var scope: [String] = []
    /// A language model that may be asked for suggestions; none unless somebody names one.
    package var languageModel: LanguageModelSettings?

    package init() {}

    /// Rights of one work.
    package struct WorkRights: Sendable, Equatable {
        package var availability: Availability?
        package var quotationLimit: Int?
    }

    /// The format of casebooks that this program reads and writes.
    package static let format = 1

    /// Reads `casebook.yml`. What is wrong is reported with its place; what is right is used all the same.
    package static func read(_ text: String, file: String) -> (configuration: Configuration, diagnostics: [Diagnostic])
    {
        var reading = ConfigurationReading(file: file)
        do {
            if let root = try YAMLSource.read(text, file: file, malformed: "malformed-configuration") {
                reading.read(root)
            }
        } catch {
            reading.diagnostics.append(error)
        }
        return (reading.configuration, reading.diagnostics)
    }
}

private struct ConfigurationReading {
    let file: String
    var configuration = Configuration()
    var diagnostics: [Diagnostic] = []

    static let keys = [
        "format", "scheme", "language", "annotator", "layer", "quotation-limit", "works", "scope", "language-model",
    ]

    init(file: String) { self.file = file }

    mutating func read(_ root: Node) {
        guard let mapping = root.mapping else {
            report(
                "malformed-configuration", .error, root, "a casebook.yml is a list of keys and values",
                "Write `format: 1`.")
            return
        }
        for (keyNode, value) in mapping {
            let key = keyNode.string ?? ""
            switch key {
            case "format": readFormat(value)
            case "scheme": configuration.scheme = text(value, key) ?? configuration.scheme
            case "language": configuration.language = text(value, key) ?? configuration.language
            case "annotator": configuration.annotator = text(value, key)
            case "layer": readLayer(value)
            case "quotation-limit":
                configuration.quotationLimit = value.int
                if value.int == nil {
                    report("malformed-configuration", .error, value, "quotation-limit is a number of words", nil)
                }
            case "works": readWorks(value)
            case "language-model":
                let reading = LanguageModelReading(value, file: file)
                configuration.languageModel = reading.settings
                diagnostics += reading.diagnostics
            case "scope":
                configuration.scope = value.array().compactMap(\.string)
                if let single = value.scalar?.string { configuration.scope = [single] }
            default:
                let near = nearestNames(to: key, among: Self.keys).first
                report(
                    "unknown-key", .warning, keyNode, "unknown key “\(key)”",
                    near.map { "Did you mean “\($0)”?" } ?? "Known keys: " + Self.keys.joined(separator: ", ") + ".")
            }
        }
    }

    private mutating func readFormat(_ value: Node) {
        guard let format = value.int else {
            report("malformed-configuration", .error, value, "format is a number", "Write `format: 1`.")
            return
        }
        guard format > Configuration.format else { return }
        report(
            "newer-format", .error, value,
            "this casebook has format \(format); this program reads format \(Configuration.format)",
            "Install a newer casebook.")
    }

    /// `love-story: {availability: restricted, quotation-limit: 300}`.
    private mutating func readWorks(_ value: Node) {
        guard let mapping = value.mapping else {
            return report(
                "malformed-configuration", .error, value, "works is a list of names of texts",
                "Write `works:`, below it `love-story:`, below it `quotation-limit: 300`.")
        }
        for (keyNode, node) in mapping {
            guard let name = keyNode.string, let members = node.mapping else {
                report(
                    "malformed-configuration", .error, node, "a work has availability and quotation-limit",
                    "Write `quotation-limit: 300` below its name.")
                continue
            }
            var rights = Configuration.WorkRights()
            for (memberNode, member) in members {
                switch memberNode.string {
                case "availability":
                    rights.availability = member.string.flatMap(Availability.init)
                    if rights.availability == nil {
                        report(
                            "malformed-configuration", .error, member, "no availability “\(member.string ?? "")”",
                            "One of free, restricted, unknown.")
                    }
                case "quotation-limit":
                    rights.quotationLimit = member.int
                    if member.int == nil {
                        report("malformed-configuration", .error, member, "quotation-limit is a number of words", nil)
                    }
                default:
                    let key = memberNode.string ?? ""
                    let near = nearestNames(to: key, among: ["availability", "quotation-limit"]).first
                    report(
                        "unknown-key", .warning, memberNode, "unknown key “\(key)”",
                        near.map { "Did you mean “\($0)”?" } ?? "Known keys: availability, quotation-limit.")
                }
            }
            configuration.works[name] = rights
        }
    }

    private mutating func readLayer(_ value: Node) {
        guard let name = text(value, "layer") else { return }
        guard LayerName.isValid(name) else {
            report("malformed-configuration", .error, value, "“\(name)” is no layer name", LayerName.advice)
            return
        }
        configuration.layer = name
    }

    private mutating func text(_ value: Node, _ key: String) -> String? {
        if let text = value.scalar?.string, !text.isEmpty { return text }
        report("malformed-configuration", .error, value, "\(key) is one word or line", nil)
        return nil
    }

    mutating func report(
        _ identifier: String, _ severity: Diagnostic.Severity, _ node: Node?, _ summary: String, _ advice: String?
    ) {
        let location = node?.mark.map { SourceLocation(line: $0.line, column: $0.column) }
        diagnostics.append(Diagnostic(identifier, severity, file: file, at: location, summary, advice: advice))
    }
}

/// Names of layers: they are part of file names.
package enum LayerName {
    /// Taken by the file that lists persons.
    package static let reserved = "persons"
    package static let advice =
        "A layer's name has letters, digits, - and _ only, and is not “\(reserved)”."

    package static func isValid(_ name: String) -> Bool {
        !name.isEmpty && name != reserved
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }
}
