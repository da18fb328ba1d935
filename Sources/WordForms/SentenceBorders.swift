import CICU
package import TextModel

/// Finds where the sentences of one passage begin.
///
/// ICU proposes borders by our rules (``SentenceRules``); a proposed border falls when the word before it is an
/// abbreviation as a whole (CLDR's list and ours: ICU's own `@ss=standard` looks at the end of a word only, so
/// that its German list, which has `r.`, swallows the border after every `Meier.`), an initial, or when closed speech
/// is given to somebody by name (`"Oh!" Jane cried`).
///
/// Costs two to three times what reading the text costs: ask for passages where it matters, not for all. One
/// instance belongs to one task.
@safe package struct SentenceBorders: ~Copyable {
    private let iterator: OpaquePointer?
    private var text: OpaquePointer?
    /// Without the last full stop.
    private let abbreviations: Set<String>
    private let speechVerbs: Set<String>
    private let language: String

    /// `language` is a language tag; its first part decides.
    package init(language: String) {
        let primary = Stemmer.primarySubtag(of: language)
        self.language = primary
        var status: Int32 = 0
        let rules = Array(SentenceRules.borders.utf16)
        unsafe iterator = casebook_open_borders(rules, Int32(rules.count), &status)
        unsafe text = nil
        abbreviations = Self.listedAbbreviations(of: primary)
            .subtracting(SentenceRules.ordinaryWords[primary] ?? [])
            .union(SentenceRules.abbreviations[primary] ?? [])
        speechVerbs = SentenceRules.speechVerbs[primary] ?? []
    }

    deinit {
        if let iterator = unsafe iterator { unsafe casebook_close_borders(iterator) }
        if let text = unsafe text { unsafe casebook_close_text(text) }
    }

    /// Starts of all sentences but the first, rising; byte offsets in ``Document/reading``. Replaces what
    /// `starts` held.
    package mutating func starts(of passage: Passage, in document: Document, into starts: inout [Int32]) {
        self.starts(in: document.reading, passage.reading.indices, into: &starts)
    }

    /// Starts of all sentences but the first in a slice of UTF-8 bytes.
    package mutating func starts(in bytes: [UInt8], _ range: Range<Int>, into starts: inout [Int32]) {
        starts.removeAll(keepingCapacity: true)
        propose(bytes, range, &starts)
        starts.removeAll { !isBorder(bytes, Int($0), range) }
    }

    private mutating func propose(_ bytes: [UInt8], _ range: Range<Int>, _ starts: inout [Int32]) {
        guard let iterator = unsafe iterator, !range.isEmpty else { return }
        let reused = unsafe text
        unsafe text = bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return unsafe reused }
            return unsafe (base + range.lowerBound).withMemoryRebound(to: CChar.self, capacity: range.count) { start in
                var status: Int32 = 0
                let text = unsafe casebook_open_text(reused, start, Int64(range.count), &status)
                unsafe casebook_set_text(iterator, text, &status)
                guard status <= 0 else { return unsafe text }
                _ = unsafe casebook_first_border(iterator)
                while true {
                    let border = unsafe casebook_next_border(iterator)
                    guard border > 0, Int(border) < range.count else { break }
                    starts.append(Int32(range.lowerBound) + border)
                }
                return unsafe text
            }
        }
    }

    /// Does a proposed border stand.
    private func isBorder(_ bytes: [UInt8], _ start: Int, _ range: Range<Int>) -> Bool {
        var end = start
        while end > range.lowerBound, Self.isSpace(bytes[end - 1]) { end -= 1 }
        guard end > range.lowerBound else { return false }
        if bytes[end - 1] == UInt8(ascii: ".") {
            return !isAbbreviation(wordBefore(end - 1, bytes, range))
        }
        if let quote = Self.closingQuoteLength(bytes, end, range), end - quote > range.lowerBound {
            return !givesSpeech(bytes, start, range)
        }
        return true
    }

    /// What stands between white space (or an opening quote or bracket) and a full stop.
    private func wordBefore(_ stop: Int, _ bytes: [UInt8], _ range: Range<Int>) -> ArraySlice<UInt8> {
        var start = stop
        while start > range.lowerBound {
            let byte = bytes[start - 1]
            let isPart = byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || Self.isLetter(byte)
            let isDigit = byte &- 0x30 < 10
            guard isPart || isDigit else { break }
            start -= 1
        }
        // Quotes and dashes beyond ASCII stand before a word, never in it: E2 80 xx.
        while start + 2 < stop, bytes[start] == 0xE2, bytes[start + 1] == 0x80 { start += 3 }
        return bytes[start..<stop]
    }

    private func isAbbreviation(_ word: ArraySlice<UInt8>) -> Bool {
        guard let first = word.first, let last = word.last else { return false }
        if word.allSatisfy({ $0 &- 0x30 < 10 }) {
            // `am 5. Mai`: German writes an ordinal so; two digits, since a year may end a sentence.
            return language == "de" && word.count <= 2
        }
        // Initials and `z. B.`; but the English I is a word.
        if word.count == 1 { return !(language == "en" && first == UInt8(ascii: "I")) }
        if abbreviations.contains(String(decoding: word, as: UTF8.self)) { return true }
        // O.B. and z.B.: a letter, a full stop, a letter.
        return word.count == 3 && Self.isLetter(last) && Self.isLetter(first)
            && word[word.startIndex + 1] == UInt8(ascii: ".")
    }

    /// `Jane cried`, `Mrs. Smith said`, `said Jane` in capitals: at most four words, the last one of speech, before
    /// anything but a full stop of an abbreviation stands between.
    private func givesSpeech(_ bytes: [UInt8], _ start: Int, _ range: Range<Int>) -> Bool {
        guard !speechVerbs.isEmpty, Self.isUpper(bytes[start]) else { return false }
        var index = start
        // Four words: title, two names, verb.
        for _ in 0..<4 {
            let wordStart = index
            while index < range.upperBound, bytes[index] >= 0x80 || Self.isLetter(bytes[index]) { index += 1 }
            guard index > wordStart else { return false }
            let word = String(decoding: bytes[wordStart..<index], as: UTF8.self)
            if speechVerbs.contains(word) { return true }
            guard Self.isUpper(bytes[wordStart]) || bytes[wordStart] >= 0x80 else { return false }
            if index < range.upperBound, bytes[index] == UInt8(ascii: "."), abbreviations.contains(word) { index += 1 }
            guard index < range.upperBound, Self.isSpace(bytes[index]) else { return false }
            while index < range.upperBound, Self.isSpace(bytes[index]) { index += 1 }
        }
        return false
    }

    /// Bytes of a closing quotation mark that ends at `end`.
    private static func closingQuoteLength(_ bytes: [UInt8], _ end: Int, _ range: Range<Int>) -> Int? {
        let last = bytes[end - 1]
        if last == UInt8(ascii: "\"") || last == UInt8(ascii: "'") { return 1 }
        if end - 2 >= range.lowerBound, bytes[end - 2] == 0xC2, last == 0xAB || last == 0xBB { return 2 }  // « »
        guard end - 3 >= range.lowerBound, bytes[end - 3] == 0xE2, bytes[end - 2] == 0x80 else { return nil }
        // ‘ ’ “ ” ‹ ›: German closes with “ and ‘.
        return [0x98, 0x99, 0x9C, 0x9D, 0xB9, 0xBA].contains(last) ? 3 : nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

    private static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// CLDR's abbreviations, without the last full stop.
    private static func listedAbbreviations(of language: String) -> Set<String> {
        var status: Int32 = 0
        let list = unsafe casebook_open_abbreviations(language, &status)
        guard let list = unsafe list, status <= 0 else { return [] }
        var words: Set<String> = []
        for index in 0..<(unsafe casebook_count_of(list)) {
            var length: Int32 = 0
            guard let units = unsafe casebook_string_at(list, index, &length, &status) else { continue }
            let text = unsafe String(decoding: UnsafeBufferPointer(start: units, count: Int(length)), as: UTF16.self)
            words.insert(text.hasSuffix(".") ? String(text.dropLast()) : text)
        }
        unsafe casebook_close_list(list)
        return words
    }
}
