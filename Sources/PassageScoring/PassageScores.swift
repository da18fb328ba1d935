package import TextModel

/// What the encoder says of one passage. Offsets are bytes from the start of its reading text.
package struct PassageScores: Sendable, Equatable {
    /// A run of sentences that was scored by itself; a short passage is one.
    package struct Window: Sendable, Equatable {
        package var range: ByteRange
        /// One a concept, in the model's order.
        package var logits: [Float]
        /// Where the encoder puts it: the unit mean state × 127.
        package var mean: [Int8]
    }

    /// The words that carry the score of a concept in a window.
    package struct Span: Sendable, Equatable {
        package var window: Int
        package var concept: Int
        package var range: ByteRange
    }

    package var windows: [Window] = []
    /// Of concepts that are likely in their best window; nothing is known of the others.
    package var spans: [Span] = []

    /// The window in which a concept has its highest logit.
    package func best(_ concept: Int) -> Int? {
        windows.indices.max { windows[$0].logits[concept] < windows[$1].logits[concept] }
    }

    /// The words that carry a concept in a window: a whole window where nothing narrower is known.
    package func span(_ concept: Int, window: Int) -> ByteRange {
        spans.first { $0.concept == concept && $0.window == window }?.range ?? windows[window].range
    }
}

/// Scores as bytes, to be kept.
extension PassageScores {
    /// Rises with every change of the form.
    private static let form: UInt8 = 2

    package var encoded: [UInt8] {
        var bytes: [UInt8] = [Self.form]
        func put(_ number: UInt32) {
            for shift in [0, 8, 16, 24] { bytes.append(UInt8(number >> UInt32(shift) & 255)) }
        }
        put(UInt32(windows.count))
        put(UInt32(windows.first?.logits.count ?? 0))
        put(UInt32(windows.first?.mean.count ?? 0))
        for window in windows {
            put(UInt32(window.range.start))
            put(UInt32(window.range.end))
            for logit in window.logits { put(logit.bitPattern) }
            // Widths of encoders are multiples of four.
            for at in stride(from: 0, to: window.mean.count - 3, by: 4) {
                put(
                    (0..<4).reduce(UInt32(0)) { $0 | UInt32(UInt8(bitPattern: window.mean[at + $1])) << UInt32(8 * $1) }
                )
            }
        }
        for span in spans {
            put(UInt32(span.window))
            put(UInt32(span.concept))
            put(UInt32(span.range.start))
            put(UInt32(span.range.end))
        }
        return bytes
    }

    /// `nil` where the bytes are of another form, or not those of a passage of `length` bytes, so many concepts and
    /// an encoder of that width.
    package init?(_ bytes: [UInt8], length: Int, concepts: Int, width: Int) {
        guard bytes.first == Self.form, bytes.count % 4 == 1 else { return nil }
        var numbers = stride(from: 1, to: bytes.count, by: 4).map { at in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
        }[...]
        func range() -> ByteRange? {
            guard let start = numbers.popFirst(), let end = numbers.popFirst(), start <= end, end <= length else {
                return nil
            }
            return ByteRange(Int(start), Int(end))
        }
        guard let count = numbers.popFirst(), numbers.popFirst() == UInt32(concepts), concepts > 0,
            numbers.popFirst() == UInt32(width),
            Int(count) <= numbers.count
        else { return nil }
        for _ in 0..<count {
            guard let range = range(), numbers.count >= concepts + width / 4 else { return nil }
            let logits = numbers.prefix(concepts).map { Float(bitPattern: $0) }
            numbers = numbers.dropFirst(concepts)
            let mean = numbers.prefix(width / 4).flatMap { number in
                (0..<4).map { Int8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
            }
            numbers = numbers.dropFirst(width / 4)
            windows.append(Window(range: range, logits: logits, mean: mean))
        }
        while let window = numbers.popFirst() {
            guard let concept = numbers.popFirst(), let range = range(), window < count, concept < UInt32(concepts)
            else { return nil }
            spans.append(Span(window: Int(window), concept: Int(concept), range: range))
        }
    }
}
