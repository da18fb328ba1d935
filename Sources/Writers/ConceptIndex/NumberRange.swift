/// How the second number of a range is written.
package enum RangeStyle: String, Sendable, CaseIterable {
    /// All digits, as ISO 999 has it: 321–328.
    case full
    /// The Chicago Manual's: 321–28.
    case chicago
}

/// A range of pages or paragraphs, `321–28`. Numbers that are no digits (xii) are written whole.
package func numberRange(_ first: String, _ last: String, style: RangeStyle) -> String {
    guard first != last else { return first }
    return first + "–" + (style == .chicago ? shortened(last, after: first) : last)
}

private func shortened(_ last: String, after first: String) -> String {
    guard let number = Int(first), Int(last) != nil, first.count == last.count, number > 100, number % 100 != 0 else {
        return last
    }
    let common = zip(first, last).prefix { $0 == $1 }.count
    // 101 to 109, 201 to 209 …: the changed part alone; otherwise two digits or more.
    let kept = number % 100 < 10 ? last.count - common : max(2, last.count - common)
    return String(last.suffix(kept))
}
