import TextModel

/// Somebody who writes into a layer: one `titleStmt/respStmt` of its header.
package struct Annotator: Sendable, Hashable {
    /// `xml:id` of the `respStmt`, which `@resp` and `@who` point to.
    package var id: String
    package var name: String
    /// `persName/@ref`, an ORCID as a rule.
    package var reference: String?

    package init(id: String, name: String, reference: String? = nil) {
        self.id = id
        self.name = name
        self.reference = reference
    }

    /// An annotator by name; the id is made from the name: "Ana Lopes" is `ana-lopes`.
    package init(name: String, reference: String? = nil) {
        self.init(id: Self.id(for: name), name: name, reference: reference)
    }

    /// An XML name made of a person's name: letters and digits in lower case, everything else one hyphen.
    package static func id(for name: String) -> String {
        XMLName.made(of: name) ?? "annotator"
    }
}
