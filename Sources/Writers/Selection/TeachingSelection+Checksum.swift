import TextModel

extension TeachingSelection {
    /// Six letters and digits that stand for this choice: its passages, their words and annotations, its concepts.
    /// Every sheet of a family prints it, so that a sheet and a key that have drifted apart are seen at once.
    package var checksum: String {
        var hash = Checksum()
        for place in places {
            let work = works[place.work]
            let passage = work.document.passages[Int(place.passage)]
            hash.add(work.document.name.utf8)
            hash.add(work.document.reading[passage.reading.indices])
            for anchored in work.annotations
            where anchored.verdict.isShown && anchored.pieces.contains(where: { $0.passage == place.passage }) {
                hash.add(anchored.annotation.id.utf8)
                for concept in anchored.annotation.concepts { hash.add(concept.id.utf8) }
                for subject in anchored.annotation.about { hash.add(subject.text.utf8) }
                hash.add((anchored.annotation.stance ?? .supports).rawValue.utf8)
            }
        }
        for concept in concepts { hash.add(concept.utf8) }
        return hash.text
    }
}

/// FNV-1a: enough to tell two sheets apart, and the same on every machine.
private struct Checksum {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ text: some Sequence<UInt8>) {
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
    }

    /// In letters and digits that nobody takes for one another.
    var text: String {
        let alphabet = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
        var rest = hash
        return String(
            (0..<6).map { _ in
                let letter = alphabet[Int(rest % UInt64(alphabet.count))]
                rest /= UInt64(alphabet.count)
                return letter
            })
    }
}
