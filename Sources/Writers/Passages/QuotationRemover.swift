package import TextModel

/// Takes the words of a text out of what is said about it: out of comments that go where the text must not go.
///
/// What stands in quotation marks and in the text as well, however short, becomes `…`; so does a run of as many words
/// as nobody writes by chance. Words are compared without case and punctuation. Making one costs a pass over the
/// text, a comment a look-up a word.
package struct QuotationRemover: Sendable {
    private var words: [Substring] = []
    private var places: [Substring: [Int32]] = [:]

    /// Five words in a row are found twice in two novels only where they are set phrases.
    private static let longestChance = 4

    package init(_ document: Document) {
        var text = ""
        for passage in document.passages where passage.kind.isSearched {
            text += document.readingText(passage).lowercased() + "\n"
        }
        words = Self.words(of: text).map(\.word)
        for (index, word) in words.enumerated() { places[word, default: []].append(Int32(index)) }
    }

    /// The comment without words of the text, and how many words were taken out.
    package func remove(from comment: String) -> (text: String, removed: Int) {
        let found = Self.words(of: comment.lowercased())
        // Lower case may be longer than upper case: then offsets would lie.
        guard comment.lowercased().utf8.count == comment.utf8.count else { return ("…", found.count) }
        var hidden = [Bool](repeating: false, count: found.count)
        var start = 0
        while start < found.count {
            let length = longestRun(found.map(\.word), from: start)
            if length > Self.longestChance { for index in start..<start + length { hidden[index] = true } }
            start += max(1, length > Self.longestChance ? length : 1)
        }
        for quotation in Self.quotations(in: comment) {
            let inside = found.indices.filter { quotation.contains(found[$0].range.lowerBound) }
            guard let first = inside.first, !inside.isEmpty,
                Self.pieces(inside, found, comment).allSatisfy({ stands($0, found) })
            else { continue }
            for index in first..<first + inside.count { hidden[index] = true }
        }
        return (Self.text(comment, found, hidden), hidden.count { $0 })
    }

    // MARK: - Looking up

    private func longestRun(_ comment: [Substring], from start: Int) -> Int {
        var longest = 0
        for place in places[comment[start]] ?? [] {
            var length = 0
            while start + length < comment.count, Int(place) + length < words.count,
                comment[start + length] == words[Int(place) + length]
            {
                length += 1
            }
            longest = max(longest, length)
        }
        return longest
    }

    private func stands(_ piece: [Int], _ found: [Word]) -> Bool {
        guard let first = piece.first else { return true }
        return (places[found[first].word] ?? []).contains { place in
            piece.indices.allSatisfy { index in
                Int(place) + index < words.count && words[Int(place) + index] == found[piece[index]].word
            }
        }
    }

    // MARK: - Words and quotations

    private struct Word {
        var word: Substring
        /// UTF-8 offsets.
        var range: Range<Int>
    }

    private static func words(of text: String) -> [Word] {
        var words: [Word] = []
        var start: String.Index?
        var index = text.startIndex
        func isWord(_ character: Character) -> Bool {
            character.isLetter || character.isNumber || character == "'" || character == "’"
        }
        func end(at index: String.Index) {
            guard let from = start else { return }
            var word = text[from..<index]
            while let last = word.last, last == "'" || last == "’" { word = word.dropLast() }
            while let first = word.first, first == "'" || first == "’" { word = word.dropFirst() }
            guard !word.isEmpty else { return }
            let lower = text.utf8.distance(from: text.startIndex, to: word.startIndex)
            words.append(Word(word: word, range: lower..<lower + word.utf8.count))
        }
        while index < text.endIndex {
            if isWord(text[index]) {
                if start == nil { start = index }
            } else {
                end(at: index)
                start = nil
            }
            index = text.index(after: index)
        }
        end(at: text.endIndex)
        return words
    }

    private static let marks: [Character: [Character]] = [
        "“": ["”"], "„": ["“", "”"], "«": ["»"], "‹": ["›"], "‘": ["’"], "‚": ["‘", "’"], "\"": ["\""],
        "'": ["'", "’"],
    ]

    /// UTF-8 ranges between quotation marks. An apostrophe opens only before a word, and closes only after one.
    private static func quotations(in text: String) -> [Range<Int>] {
        let characters = Array(text)
        var offsets = [0]
        for character in characters { offsets.append((offsets.last ?? 0) + character.utf8.count) }
        var ranges: [Range<Int>] = []
        for (index, character) in characters.enumerated() {
            guard let closing = marks[character] else { continue }
            let isInWord = index > 0 && (characters[index - 1].isLetter || characters[index - 1].isNumber)
            guard !isInWord else { continue }
            for end in characters.indices.dropFirst(index + 2) where closing.contains(characters[end]) {
                let next = end + 1 < characters.count ? characters[end + 1] : " "
                guard !next.isLetter, !next.isNumber else { continue }
                ranges.append(offsets[index + 1]..<offsets[end])
            }
        }
        return ranges
    }

    /// A quotation with an ellipsis is two.
    private static func pieces(_ inside: [Int], _ found: [Word], _ comment: String) -> [[Int]] {
        var pieces: [[Int]] = [[]]
        let bytes = Array(comment.utf8)
        for (number, index) in inside.enumerated() {
            if number > 0 {
                let gap = bytes[found[inside[number - 1]].range.upperBound..<found[index].range.lowerBound]
                let text = String(decoding: gap, as: UTF8.self)
                if text.contains("…") || text.contains("...") { pieces.append([]) }
            }
            pieces[pieces.count - 1].append(index)
        }
        return pieces
    }

    /// Each run of hidden words becomes one ellipsis.
    private static func text(_ comment: String, _ found: [Word], _ hidden: [Bool]) -> String {
        let bytes = Array(comment.utf8)
        var result: [UInt8] = []
        var position = 0
        var index = 0
        while index < found.count {
            guard hidden[index] else {
                index += 1
                continue
            }
            let start = found[index].range.lowerBound
            var end = index
            while end + 1 < found.count, hidden[end + 1] { end += 1 }
            result += bytes[position..<start] + Array("…".utf8)
            position = found[end].range.upperBound
            index = end + 1
        }
        return String(decoding: result + bytes[position...], as: UTF8.self)
    }
}
