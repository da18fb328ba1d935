/// Longest term that the index holds, in bytes: FTS5 cuts at 32 768, and no word of a language is as long as this.
private let longestTerm = 255

/// The term under which FTS5 holds a stem. Every word must give exactly one term, or the numbers of the words after
/// it would be wrong: a stem without a letter (a lone accent) stands as an apostrophe, a very long one is cut.
func appendIndexTerm(_ stem: ArraySlice<UInt8>, to terms: inout [UInt8]) {
    if stem.isEmpty {
        terms.append(UInt8(ascii: "'"))
    } else {
        terms.append(contentsOf: stem.prefix(longestTerm))
    }
}

/// ``appendIndexTerm(_:to:)`` for a word of a query.
func indexTerm(of stem: String) -> String {
    var bytes: [UInt8] = []
    appendIndexTerm(Array(stem.utf8)[...], to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// First part of a language tag, lower case: what stems go by.
func primaryLanguage(_ tag: String) -> String {
    String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased()
}

extension RandomAccessCollection where Index == Int {
    /// First index whose element satisfies a condition that holds from there on.
    func partitioningIndex(_ isAfter: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
