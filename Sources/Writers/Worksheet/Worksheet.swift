import TextModel
import WordForms

package struct WorksheetOptions: Sendable {
    /// Shuffles passages and concepts, the same way every time: variants A and B of one sheet. `nil` keeps the order.
    package var seed: UInt64?
    /// Printed beside the title: `A`.
    package var variant: String?
    /// More concepts than this on one sheet are a test of memory, not of reading.
    package var bankLimit = 8

    /// A variant without a seed has one of its own, made of its name.
    package init(seed: UInt64? = nil, variant: String? = nil) {
        self.seed = seed ?? variant.map { name in name.utf8.reduce(1) { $0 &* 31 &+ UInt64($1) } }
        self.variant = variant
    }
}

/// A worksheet and its key: one list of items, seen without the answers and with them.
///
/// Both carry the checksum of the selection, as all sheets of a family do, so that a key that belongs to another
/// sheet is seen at once.
package struct Worksheet: Sendable {
    let material: SheetMaterial
    let variant: String?
    /// In the order of the variant, numbered anew.
    let items: [MarkedPassage]
    /// Concepts to choose from, those on the passages and those that are easily taken for them.
    let bank: [Concept]

    var selection: TeachingSelection { material.selection }
    var strings: SheetStrings { material.strings }
    package var checksum: String { material.checksum }

    package init(_ selection: TeachingSelection, strings: SheetStrings, options: WorksheetOptions = .init()) {
        var all = SheetOptions()
        all.worksheet = options
        self.init(SheetMaterial(selection, strings: strings, options: all))
    }

    package init(_ material: SheetMaterial) {
        self.material = material
        let options = material.options.worksheet
        variant = options.variant
        var generator = SplitMix64(seed: options.seed ?? 0)
        var items = material.passages
        if options.seed != nil {
            items.shuffle(using: &generator)
            for index in items.indices { items[index].number = index + 1 }
        }
        self.items = items
        var bank = Self.bank(items, material.selection, limit: options.bankLimit)
        if options.seed != nil {
            bank.shuffle(using: &generator)
        } else {
            // In the order of the alphabet the bank gives nothing away.
            let collation = Collation(language: material.strings.language)
            bank.sort { collation.compare(material.label(of: $0), material.label(of: $1)) < 0 }
        }
        self.bank = bank
    }

    /// Concepts on the passages, the sheet's own and the frequent ones first, then distractors: concepts that the
    /// scheme calls confusable with one of them and that no layer has on any of these passages.
    private static func bank(_ items: [MarkedPassage], _ selection: TeachingSelection, limit: Int) -> [Concept] {
        var counts: [String: Int] = [:]
        for item in items {
            let annotations = selection.works[item.work].annotations
            for concept in Set(item.marks.flatMap { annotations[$0.annotation].annotation.concepts.map(\.id) }) {
                counts[concept, default: 0] += 1
            }
        }
        let unselected = items.reduce(into: Set<String>()) {
            $0.formUnion(selection.works[$1.work].unselectedConcepts[$1.passage] ?? [])
        }
        let chosen = selection.chosenConcepts
        let present = selection.scheme.concepts.enumerated()
            .filter { counts[$0.element.id] != nil && selection.scheme.narrower(of: $0.offset).isEmpty }
            .sorted { left, right in
                let isLeft = chosen.contains(left.element.id)
                guard isLeft == chosen.contains(right.element.id) else { return isLeft }
                return (counts[left.element.id] ?? 0, right.offset) > (counts[right.element.id] ?? 0, left.offset)
            }
            .map(\.element)
        // A quarter of the bank for distractors, two of eight.
        var bank = Array(present.prefix(limit - limit / 4))
        for concept in bank {
            for other in concept.scopeNotes.compactMap({ $0.confusable.flatMap { selection.scheme[$0] } })
            where bank.count < limit && counts[other.id] == nil && !unselected.contains(other.id)
                && !bank.contains(where: { $0.id == other.id })
            {
                bank.append(other)
            }
        }
        return bank
    }
}
