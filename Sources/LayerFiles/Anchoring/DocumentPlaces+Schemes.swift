package import TextModel

extension DocumentPlaces {
    /// Where a pointer stands in ``Document/raw``, whichever of TEI's schemes it uses: `xpath`, `left`, `right`,
    /// `string-index`, `range`, `string-range`, `match`. `nil` where it does not resolve.
    package func resolve(_ place: Pointer.Place) -> ByteRange? {
        guard case .other(let fragment) = place else { return rawRange(of: place) }
        return resolve(fragment, depth: 0)
    }

    private func resolve(_ fragment: String, depth: Int) -> ByteRange? {
        // `range(left(…),right(…))` is as deep as sense goes.
        guard depth < 4 else { return nil }
        if let base = Pointer.arguments(of: "left", in: fragment)?.first, let range = element(base) {
            return ByteRange(range.start, range.start)
        }
        if let base = Pointer.arguments(of: "right", in: fragment)?.first, let range = element(base) {
            return ByteRange(range.end, range.end)
        }
        if let ends = Pointer.arguments(of: "range", in: fragment), ends.count >= 2 {
            guard let first = resolve(ends[0], depth: depth + 1),
                let last = resolve(ends[ends.count - 1], depth: depth + 1),
                first.start <= last.end
            else { return nil }
            return ByteRange(first.start, last.end)
        }
        if let arguments = Pointer.arguments(of: "string-range", in: fragment), arguments.count > 3,
            arguments.count % 2 == 1
        {
            // Several stretches of one base: from the first to the last.
            let base = Pointer.Base(text: arguments[0])
            let ranges = stride(from: 1, to: arguments.count, by: 2).compactMap { index -> ByteRange? in
                guard let offset = Int(arguments[index]), let length = Int(arguments[index + 1]) else { return nil }
                return rawRange(of: .range(base: base, offset: offset, length: length))
            }
            guard let start = ranges.map(\.start).min(), let end = ranges.map(\.end).max() else { return nil }
            return ByteRange(start, end)
        }
        if let arguments = Pointer.arguments(of: "match", in: fragment), arguments.count >= 2 {
            return match(arguments)
        }
        let plain = Pointer(text: "#" + fragment).place
        if case .other = plain { return nil }
        return rawRange(of: plain)
    }

    private func element(_ base: String) -> ByteRange? {
        element(at: Pointer.Base(text: base)).map { document.elements[Int($0)].raw }
    }

    /// `match(BASE,'REGEX'[,INDEX])`: the text of the base that a regular expression matches.
    private func match(_ arguments: [String]) -> ByteRange? {
        // A chapter; an expression over more could take very long.
        let limit = 100_000
        guard let range = element(arguments[0]), range.count <= limit, arguments[1].count >= 2,
            let expression = try? Regex(String(arguments[1].dropFirst().dropLast()))
        else { return nil }
        let index = arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1
        let text = document.rawText(range)
        let matches = text.matches(of: expression)
        guard matches.indices.contains(index - 1) else { return nil }
        let found = matches[index - 1].range
        let start = text.utf8.distance(from: text.startIndex, to: found.lowerBound)
        let end = text.utf8.distance(from: text.startIndex, to: found.upperBound)
        return ByteRange(Int(range.start) + start, Int(range.start) + end)
    }
}
