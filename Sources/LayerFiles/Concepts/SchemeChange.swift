import TextModel

/// A change of the concept scheme that reaches into cues and layers.
package enum SchemeChange: Sendable, Equatable {
    case rename(String, to: String)
    /// A known concept in the place of an id that vanished from the scheme.
    case replace(String, with: String)
    /// The first ones are given up for the last: they stay in the scheme as deprecated, so that nothing that was
    /// written about them is lost, and what was said with them is said with the last from now on.
    case merge([String], into: String)
    /// New concepts beside an old one; what is divided among them is decided annotation by annotation.
    case split(String, into: [NewConcept])
    /// Under another concept, or (`nil`) to the top.
    case move(String, under: String?)
    case deprecate(String, instead: String?)

    package struct NewConcept: Sendable, Equatable {
        package var id: String
        package var label: String

        package init(id: String, label: String) {
            self.id = id
            self.label = label
        }
    }

    /// For the history.
    package var title: String {
        switch self {
        case .replace(let old, let new): "put \(new) in the place of \(old)"
        case .rename(let old, let new): "rename concept \(old) to \(new)"
        case .merge(let old, let new): "merge \(old.joined(separator: ", ")) into \(new)"
        case .split(let old, let new): "split \(old) into \(new.map(\.id).joined(separator: ", "))"
        case .move(let id, let parent): "move \(id) " + (parent.map { "under \($0)" } ?? "to the top")
        case .deprecate(let id, let other): "deprecate \(id)" + (other.map { " for \($0)" } ?? "")
        }
    }

    /// Ids that are replaced wherever they are used, and by what.
    var replacements: [String: String] {
        switch self {
        case .rename(let old, let new), .replace(let old, let new): [old: new]
        case .merge(let old, let new): Dictionary(old.map { ($0, new) }, uniquingKeysWith: { first, _ in first })
        case .split, .move, .deprecate: [:]
        }
    }
}
