package import TextModel

/// What one of a hit's annotations says: a passage may hold several that differ.
package struct HitAnnotation: Sendable, Equatable {
    package var concepts: [String]
    /// Empty for suggestions.
    package var layer: String
    /// As ``Hit/about`` writes them, both of a dyad for themselves.
    package var persons: [String]
    package var stance: Stance?

    package init(concepts: [String], layer: String, persons: [String], stance: Stance?) {
        self.concepts = concepts
        self.layer = layer
        self.persons = persons
        self.stance = stance
    }
}
