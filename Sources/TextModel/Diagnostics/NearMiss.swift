/// The known names nearest to a misspelt one, nearest first; none where nothing is near.
///
/// Near is an edit distance (transpositions count one) of at most a third of the length, at least one: the limit
/// that compilers use for "did you mean".
package func nearestNames(to name: String, among known: some Sequence<String>, limit: Int = 3) -> [String] {
    let wanted = Array(name.lowercased().unicodeScalars)
    let allowed = max(1, wanted.count / 3)
    return
        known
        .compactMap { candidate -> (name: String, distance: Int)? in
            let distance = editDistance(wanted, Array(candidate.lowercased().unicodeScalars))
            return distance <= allowed ? (candidate, distance) : nil
        }
        .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
        .prefix(limit)
        .map(\.name)
}

/// Optimal string alignment distance.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    var current = last
    for i in 1...left.count {
        current[0] = i
        for j in 1...right.count {
            let cost = left[i - 1] == right[j - 1] ? 0 : 1
            current[j] = min(last[j] + 1, current[j - 1] + 1, last[j - 1] + cost)
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                current[j] = min(current[j], beforeLast[j - 2] + 1)
            }
        }
        (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[right.count]
}
