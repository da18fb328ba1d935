/// What a query may call a person of a work, or a relation that annotations are about.
package struct PersonName: Sendable, Equatable {
    /// As in `who:love-story/jane`.
    package var work: String
    package var id: String
    package var names: [String]

    package init(work: String, id: String, names: [String] = []) {
        self.work = work
        self.id = id
        self.names = names
    }
}
