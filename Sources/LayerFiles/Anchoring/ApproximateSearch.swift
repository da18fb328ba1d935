/// Approximate matching after G. Myers, "A fast bit-vector algorithm for approximate string matching based on
/// dynamic programming" (J. ACM 46, 1999), in blocks of 64 as H. Hyyrö describes.
///
/// A column of the table of edit distances is kept as bits: one step for 64 codes of the pattern. Cost: the text's
/// length times a 64th of the pattern's.
package struct ApproximateSearch {
    private let patternCount: Int
    private let blockCount: Int
    /// For each distinct code of the pattern, and for all others, the places where it stands, a bit a place.
    private var places: [UInt64]
    /// Number of a code among the distinct ones, from 1; 0 for codes that the pattern has not.
    private var small: [UInt16]
    private var large: [UInt32: UInt16] = [:]

    /// Codes below are looked up in an array: all that ordinary texts have.
    private static let smallLimit = 0x3000

    package init(_ pattern: [UInt32]) {
        patternCount = pattern.count
        blockCount = max(1, (pattern.count + 63) / 64)
        small = [UInt16](repeating: 0, count: Self.smallLimit)
        places = [UInt64](repeating: 0, count: blockCount)
        for (index, code) in pattern.enumerated() {
            var number = self.number(of: code)
            if number == 0 {
                number = UInt16(places.count / blockCount)
                if code < Self.smallLimit { small[Int(code)] = number } else { large[code] = number }
                places += [UInt64](repeating: 0, count: blockCount)
            }
            places[Int(number) * blockCount + index / 64] |= 1 << UInt64(index % 64)
        }
    }

    private func number(of code: UInt32) -> UInt16 {
        code < Self.smallLimit ? small[Int(code)] : large[code] ?? 0
    }

    /// Ends of approximate occurrences: places with at most `limit` errors that are no worse than those around them.
    package func matches(in text: [UInt32], limit: Int) -> [(end: Int, errors: Int)] {
        var found: [(end: Int, errors: Int)] = []
        var last = patternCount
        var isFalling = true
        run(over: text[...], isGlobal: false) { end, errors in
            if errors < last {
                isFalling = true
            } else if errors > last {
                if isFalling, last <= limit { found.append((end - 1, last)) }
                isFalling = false
            }
            last = errors
        }
        if isFalling, last <= limit { found.append((text.count, last)) }
        return found
    }

    /// Edit distance of the whole pattern to the whole text.
    package func distance(to text: ArraySlice<UInt32>) -> Int {
        var distance = patternCount
        run(over: text, isGlobal: true) { _, errors in distance = errors }
        return distance
    }

    /// Calls with the number of codes read and the errors of the best match that ends there.
    private func run(over text: ArraySlice<UInt32>, isGlobal: Bool, _ visit: (Int, Int) -> Void) {
        guard patternCount > 0 else { return }
        var plus = [UInt64](repeating: ~0, count: blockCount)
        var minus = [UInt64](repeating: 0, count: blockCount)
        var errors = patternCount
        let lastBit = UInt64(1) << UInt64((patternCount - 1) % 64)
        var read = 0
        for code in text {
            let row = Int(number(of: code)) * blockCount
            // In a search a match may begin anywhere; from end to end, each code before it is an error.
            var carry = isGlobal ? 1 : 0
            for block in 0..<blockCount {
                var equal = places[row + block]
                let (p, m) = (plus[block], minus[block])
                let vertical = equal | m
                if carry < 0 { equal |= 1 }
                let horizontal = (((equal & p) &+ p) ^ p) | equal
                var ph = m | ~(horizontal | p)
                var mh = p & horizontal
                if block == blockCount - 1 {
                    if ph & lastBit != 0 { errors += 1 } else if mh & lastBit != 0 { errors -= 1 }
                }
                let out = ph >> 63 != 0 ? 1 : mh >> 63 != 0 ? -1 : 0
                ph <<= 1
                mh <<= 1
                if carry < 0 { mh |= 1 } else if carry > 0 { ph |= 1 }
                plus[block] = mh | ~(vertical | ph)
                minus[block] = ph & vertical
                carry = out
            }
            read += 1
            visit(read, errors)
        }
    }
}
