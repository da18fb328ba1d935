/// Bytes that take the place of a range.
struct Splice {
    enum Element {
        case annotation(Int)
        case decision(Int)
        case none
    }
    var range: Range<Int>
    var bytes: [UInt8]
    /// Whose range becomes the new bytes.
    var element = Element.none
}

extension LayerFile {
    /// Puts bytes in the place of ranges that do not overlap, and moves every offset behind them.
    mutating func splice(_ splices: [Splice]) {
        guard !splices.isEmpty else { return }
        let sorted = splices.sorted {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        let mover = OffsetMover(sorted)
        if sorted.count == 1 {
            bytes.replaceSubrange(sorted[0].range, with: sorted[0].bytes)
        } else {
            var result: [UInt8] = []
            result.reserveCapacity(mover.move(bytes.count))
            var position = 0
            for splice in sorted {
                result += bytes[position..<splice.range.lowerBound]
                result += splice.bytes
                position = splice.range.upperBound
            }
            result += bytes[position...]
            bytes = result
        }
        for index in annotationRanges.indices where annotationRanges[index].upperBound > sorted[0].range.lowerBound {
            annotationRanges[index] = mover.move(annotationRanges[index])
        }
        for index in decisionRanges.indices where decisionRanges[index].upperBound > sorted[0].range.lowerBound {
            decisionRanges[index] = mover.move(decisionRanges[index])
        }
        layout.moveOffsets(mover.move)
        for (number, splice) in sorted.enumerated() {
            let start = mover.start(ofSplice: number)
            switch splice.element {
            case .annotation(let index): annotationRanges[index] = start..<start + splice.bytes.count
            case .decision(let index): decisionRanges[index] = start..<start + splice.bytes.count
            case .none: break
            }
        }
    }

    /// Finds everything anew in the bytes: after a change that moved whole elements about.
    mutating func reread() {
        var (fresh, _) = LayerFile.read(bytes: bytes, path: path)
        fresh.changes = changes
        fresh.isHeaderChanged = isHeaderChanged
        fresh.subjectFiles.merge(subjectFiles) { new, _ in new }
        self = fresh
    }
}

/// Where offsets lie after splices.
private struct OffsetMover {
    private let splices: [Splice]
    /// How far what lies behind each splice has moved.
    private let shifts: [Int]

    init(_ sorted: [Splice]) {
        splices = sorted
        var shift = 0
        shifts = sorted.map { splice in
            shift += splice.bytes.count - splice.range.count
            return shift
        }
    }

    /// An offset at a splice's start moves behind what is put in there; list ends do so.
    func move(_ offset: Int) -> Int {
        var low = 0
        var high = splices.count
        while low < high {
            let middle = (low + high) / 2
            if splices[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? offset : offset + shifts[low - 1]
    }

    /// A range keeps what is put in at its end outside.
    func move(_ range: Range<Int>) -> Range<Int> {
        let start = move(range.lowerBound)
        return start..<start + range.count
    }

    func start(ofSplice number: Int) -> Int {
        splices[number].range.lowerBound + (number == 0 ? 0 : shifts[number - 1])
    }
}
