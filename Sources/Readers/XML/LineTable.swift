package import TextModel

/// Where the lines of a file start: turns byte offsets into lines and columns.
package struct LineTable: Sendable {
    private let bytes: [UInt8]
    private let starts: [Int]
    private let encoding: XMLEncoding

    /// Costs one pass over the file.
    package init(_ bytes: [UInt8], encoding: XMLEncoding = .utf8) {
        self.bytes = bytes
        self.encoding = encoding
        var starts = [0]
        switch encoding {
        case .utf8, .singleByte:
            for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        case .utf16(let highByte):
            for offset in stride(from: 0, to: bytes.count - 1, by: 2)
            where bytes[offset + 1 - highByte] == UInt8(ascii: "\n") && bytes[offset + highByte] == 0 {
                starts.append(offset + 2)
            }
        }
        self.starts = starts
    }

    package func location(of offset: Int) -> SourceLocation {
        let place = min(max(offset, 0), bytes.count)
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= place { low = middle } else { high = middle }
        }
        var first = starts[low]
        // The byte order mark is no column.
        if first == 0 { first = min(encoding.markLength(of: bytes), place) }
        let column = 1 + encoding.scalarCount(of: bytes[first..<place])
        return SourceLocation(line: low + 1, column: column, offset: place)
    }
}
