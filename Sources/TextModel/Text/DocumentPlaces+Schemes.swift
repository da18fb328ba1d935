extension DocumentPlaces {
    /// Where a pointer of one of TEI's rarer schemes points: `xpath`, `left`, `right`, `range`, `match`, and
    /// `string-range` with several pairs; `nil` for what is none of them or does not resolve.
    ///
    /// Of `match` only plain words are looked for, `.` for any character and `\` before a character that is meant
    /// itself: a pattern that could run for ever is not tried.
    func rawRange(ofScheme text: String) -> ByteRange? {
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else {
            return rawRange(of: .element(Self.base(text)))
        }
        let arguments = Self.arguments(text[text.index(after: open)...].dropLast())
        guard let first = arguments.first else { return nil }
        switch text[..<open] {
        case "xpath": return rawRange(of: .element(Self.base(first)))
        case "left":
            return rawRange(ofScheme: first).map { ByteRange($0.start, $0.start) }
        case "right":
            return rawRange(ofScheme: first).map { ByteRange($0.end, $0.end) }
        case "range":
            let ends = arguments.compactMap { rawRange(ofScheme: $0) }
            guard ends.count == arguments.count, ends.count >= 2, ends.count % 2 == 0 else { return nil }
            return whole(ends)
        case "string-index":
            guard arguments.count == 2, let offset = Int(arguments[1]) else { return nil }
            return rawRange(of: .point(base: Self.base(first), offset: offset))
        case "string-range":
            let numbers = arguments.dropFirst().compactMap { Int($0) }
            guard numbers.count == arguments.count - 1, numbers.count >= 2, numbers.count % 2 == 0 else { return nil }
            let pieces = stride(from: 0, to: numbers.count, by: 2).compactMap { pair in
                rawRange(of: .range(base: Self.base(first), offset: numbers[pair], length: numbers[pair + 1]))
            }
            return pieces.count * 2 == numbers.count ? whole(pieces) : nil
        case "match":
            guard arguments.count >= 2, let base = rawRange(of: .element(Self.base(first))) else { return nil }
            let index = arguments.count > 2 ? Int(arguments[2]) : 1
            return index.flatMap { match(arguments[1], in: base, index: $0) }
        default: return nil
        }
    }

    private func whole(_ ranges: [ByteRange]) -> ByteRange? {
        guard let start = ranges.map(\.start).min(), let end = ranges.map(\.end).max() else { return nil }
        return ByteRange(start, end)
    }

    private static func base(_ text: String) -> Pointer.Base {
        if text.hasPrefix("id("), text.hasSuffix(")") {
            return .id(String(text.dropFirst(3).dropLast().filter { $0 != "'" && $0 != "\"" }))
        }
        return text.hasPrefix("/") ? .path(text) : .id(text)
    }

    /// Split at commas that stand in no parentheses, brackets or quotes.
    private static func arguments(_ text: Substring) -> [String] {
        var arguments: [String] = []
        var current = ""
        var depth = 0
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == "(" || character == "[" {
                depth += 1
            } else if character == ")" || character == "]" {
                depth -= 1
            } else if character == ",", depth == 0 {
                arguments.append(current)
                current = ""
                continue
            }
            current.append(character)
        }
        return arguments + [current]
    }

    /// The n-th occurrence of a pattern in a stretch of the raw text.
    private func match(_ quoted: String, in base: ByteRange, index: Int) -> ByteRange? {
        // `nil` stands for any character.
        var pattern: [Unicode.Scalar?] = []
        var isEscaped = false
        for scalar in quoted.unicodeScalars.dropFirst().dropLast() {
            if isEscaped {
                pattern.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if "*+?{}()[]|^$".unicodeScalars.contains(scalar) {
                return nil
            } else {
                pattern.append(scalar == "." ? nil : scalar)
            }
        }
        guard !pattern.isEmpty, index > 0 else { return nil }
        let scalars = Array(document.rawText(base).unicodeScalars)
        var left = index
        var byte = base.start
        for start in scalars.indices {
            if start + pattern.count <= scalars.count,
                pattern.indices.allSatisfy({ pattern[$0] == nil || pattern[$0] == scalars[start + $0] })
            {
                left -= 1
                if left == 0 {
                    let length = scalars[start..<start + pattern.count].reduce(0) { $0 + UTF8.width($1) }
                    return ByteRange(Int(byte), Int(byte) + length)
                }
            }
            byte += Int32(UTF8.width(scalars[start]))
        }
        return nil
    }
}
