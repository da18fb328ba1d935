extension Query {
    /// `{field} core {tail}`: what is looked for, and what is asked of it. The core is missing where fields stand
    /// alone: `in:love-story kind:verse`.
    package struct Pattern: Sendable, Equatable {
        package var core: Core?
        /// Restrict that very annotation, or those very words. Without a core the first is never negated.
        package var fields: [Field]
        /// `count>2 per chapter`
        package var counts: [Count]
        /// `as x`
        package var capture: String?
        /// Of the whole pattern.
        package var place: Place

        package init(
            _ core: Core?, fields: [Field] = [], counts: [Count] = [], capture: String? = nil, place: Place = .nowhere
        ) {
            self.core = core
            self.fields = fields
            self.counts = counts
            self.capture = capture
            self.place = place
        }
    }

    package indirect enum Core: Sendable, Equatable {
        /// `postpartum depression`: a run of bare words, joined by single blanks; looking up names makes it a
        /// concept or a word.
        case name(String)
        /// `concept:"…"`, `only:x`, `=x`, `broader:x`, `^x`: a label or an id, after looking up an id.
        case concept(String, ConceptMode)
        /// `word:felt`; with `any`, `word:any:chidl`, also in branches that the reading text hides.
        case word(String, any: Bool)
        /// `"felt ..3 nothing"`
        case phrase(Phrase)
        /// `felt*`: the letters before the star.
        case prefix(String)
        /// `/felt (nothing|empty)/i`: the expression without the slashes around it.
        case regex(String, ignoresCase: Bool)
        /// `@name`
        case saved(String)
        /// `( … )` with something beside it.
        case group(Query)
    }

    package enum ConceptMode: Sendable, CaseIterable {
        /// The concept and all under it: `concept:x`.
        case withNarrower
        /// The concept alone: `only:x`, `=x`.
        case only
        /// Any concept under the immediate broader one: `broader:x`, `^x`.
        case siblings
    }

    /// `count>2 per chapter`, `#>2`: how often the pattern must be found there.
    package struct Count: Sendable, Equatable {
        package enum Scope: String, Sendable, CaseIterable {
            /// The scope where none is written.
            case passage
            case chapter, document
        }

        package var comparison: Comparison
        package var number: Int
        package var scope: Scope

        package init(_ comparison: Comparison, _ number: Int, per scope: Scope = .passage) {
            self.comparison = comparison
            self.number = number
            self.scope = scope
        }
    }
}
