extension Query {
    /// `who:jane`, `!stance:contradicts`, `year:1840..1860,1870`: one of the values must hold.
    package struct Field: Sendable, Equatable {
        package var name: FieldName
        /// At least one.
        package var values: [FieldValue]
        /// `!who:jane` beside a pattern.
        package var isNegated: Bool
        /// From the name to the last value.
        package var place: Place

        package init(_ name: FieldName, _ values: [FieldValue], isNegated: Bool = false, place: Place = .nowhere) {
            self.name = name
            self.values = values
            self.isNegated = isNegated
            self.place = place
        }
    }

    package enum FieldValue: Sendable, Equatable {
        /// `layer:key`, `author:"Charlotte Brontë"`, `page:xii`
        case text(String)
        /// `word:any:chidl` beside a pattern: a word, also in hidden branches.
        case hiddenWord(String)
        /// `length:>200`, `created:2024-05`, `nth:3`
        case compared(Comparison, Bound)
        /// `year:1840..1860`, both ends included
        case between(Bound, Bound)
        /// `who:jane`, `who:love-story/jane`, `who:@mother`
        case person(PersonReference)
        /// `dyad:jane-max`, `dyad:jane..max`, `dyad:jane>max`
        case dyad(DyadReference)
    }

    /// What a value is compared with.
    package enum Bound: Sendable, Hashable {
        /// `0.8`
        case number(Double)
        /// `2024`, `2024-05`, `2024-05-17`
        case date(PartialDate)
    }

    package struct PersonReference: Sendable, Hashable {
        /// `love-story` in `love-story/jane`.
        package var work: String?
        /// Id or name of a person; a role where ``isRole``.
        package var name: String
        /// `@mother`
        package var isRole: Bool

        package init(_ name: String, work: String? = nil, isRole: Bool = false) {
            self.name = name
            self.work = work
            self.isRole = isRole
        }
    }

    package enum DyadReference: Sendable, Hashable {
        /// `jane-max`: ids contain hyphens, so only the names known can say where to split.
        case unsplit(String)
        /// `jane..max`
        case unordered(PersonReference, PersonReference)
        /// `jane>max`: from the first towards the second.
        case directed(PersonReference, PersonReference)
    }
}
