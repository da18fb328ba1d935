import TextModel

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
/// Both carry the same checksum of the items, so that a key that belongs to another sheet is seen at once.
package struct Worksheet: Sendable {
    let selection: TeachingSelection
    let strings: SheetStrings
    let variant: String?
    let sigla: [String]
    let items: [MarkedPassage]
    /// Concepts to choose from, those on the passages and those that are easily taken for them.
    let bank: [Concept]
    /// Of six letters and digits.
    package let checksum: String

    package init(_ selection: TeachingSelection, strings: SheetStrings, options: WorksheetOptions = .init()) {
        self.selection = selection
        self.strings = strings
        variant = options.variant
        sigla = selection.sigla(strings: strings)
        var places = selection.works.indices.flatMap { work in
            selection.works[work].passages.map { (work: work, passage: $0) }
        }
        var generator = Shuffle(state: options.seed ?? 0)
        if options.seed != nil { places.shuffle(using: &generator) }
        items = places.enumerated().map { number, place in
            PassageMarker(work: selection.works[place.work], index: place.work, strings: strings)
                .mark(place.passage, number: number + 1)
        }
        var bank = Self.bank(items, selection, limit: options.bankLimit)
        if options.seed != nil {
            bank.shuffle(using: &generator)
        } else {
            // In the order of the alphabet the bank gives nothing away.
            bank.sort { $0.preferredLabel(in: strings.language) < $1.preferredLabel(in: strings.language) }
        }
        self.bank = bank
        checksum = Self.checksum(items, bank, selection)
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
            where bank.count < limit && counts[other.id] == nil && !bank.contains(where: { $0.id == other.id }) {
                bank.append(other)
            }
        }
        return bank
    }

    private static func checksum(_ items: [MarkedPassage], _ bank: [Concept], _ selection: TeachingSelection) -> String
    {
        // FNV-1a: enough to tell two sheets apart, and the same on every machine.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ text: some Sequence<UInt8>) {
            for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
        }
        for item in items {
            let document = selection.works[item.work].document
            add(document.name.utf8)
            add(document.reading[document.passages[Int(item.passage)].reading.indices])
            for mark in item.marks {
                let annotation = selection.works[item.work].annotations[mark.annotation].annotation
                add(annotation.id.utf8)
                for concept in annotation.concepts { add(concept.id.utf8) }
                add((annotation.stance ?? .supports).rawValue.utf8)
            }
        }
        for concept in bank { add(concept.id.utf8) }
        // Letters and digits that nobody takes for one another.
        let alphabet = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
        return String(
            (0..<6).map { _ in
                let letter = alphabet[Int(hash % UInt64(alphabet.count))]
                hash /= UInt64(alphabet.count)
                return letter
            })
    }
}

/// SplitMix64: variants are the same on every machine.
private struct Shuffle: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
