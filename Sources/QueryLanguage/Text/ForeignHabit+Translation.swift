extension ForeignHabit {
    /// The whole query in this language, where every habit in it can be translated and the result is a query.
    ///
    /// `words` also translates habits made of plain words (`where`, `followed by`): only for names that are unknown.
    static func translation(of tokens: [QueryToken], in bytes: [UInt8], words: Bool = false) -> String? {
        var translator = Translator(tokens: tokens, bytes: bytes, translatesWords: words)
        guard let text = translator.translate(), (try? QueryParser.parse(text)) != nil else { return nil }
        return text
    }

    private struct Translator {
        let tokens: [QueryToken]
        let bytes: [UInt8]
        let translatesWords: Bool
        var index = 0
        var text = ""
        /// Words behind a `where` that say which relation is meant, already used.
        var used: Set<Int> = []
        var keptComma = -2

        init(tokens: [QueryToken], bytes: [UInt8], translatesWords: Bool) {
            self.tokens = tokens
            self.bytes = bytes
            self.translatesWords = translatesWords
        }

        func string(_ index: Int) -> String {
            guard tokens.indices.contains(index) else { return "" }
            return String(decoding: bytes[tokens[index].start..<tokens[index].end], as: UTF8.self)
        }

        func kind(_ index: Int) -> QueryToken.Kind { tokens.indices.contains(index) ? tokens[index].kind : .end }

        mutating func add(_ piece: String) {
            if !text.isEmpty, text.last != "(", text.last != " ", text.last != "!" { text += " " }
            text += piece
        }

        mutating func translate() -> String? {
            var isChanged = false
            while kind(index) != .end {
                if used.contains(index) {
                    index += 1
                    continue
                }
                let before = index
                if isRow {
                    guard addRow() else { return nil }
                } else if kind(index) == .word, kind(index + 1) == .comparison(.equal) {
                    guard addAttribute() else { return nil }
                } else {
                    addOperator()
                }
                if index > before {
                    isChanged = true
                    continue
                }
                let token = tokens[index]
                let piece = String(decoding: bytes[token.whole], as: UTF8.self)
                if token.isJoined || token.kind == .close { text += piece } else { add(piece) }
                index += 1
            }
            return isChanged ? text : nil
        }

        // MARK: CATMA

        /// `tag="/bond/neglect%"`, `property="stance" value="supports"`, `who="jane"`
        mutating func addAttribute() -> Bool {
            let name = string(index).lowercased()
            let value = string(index + 2)
            guard kind(index + 2) == .quoted || kind(index + 2) == .word, !value.isEmpty else { return false }
            let plain = QueryLexer.isPlainWord(value) ? value : "\"\(value)\""
            switch name {
            case "tag":
                var label = value.split(separator: "/").last.map(String.init) ?? value
                while label.hasSuffix("%") { label.removeLast() }
                guard !label.isEmpty else { return false }
                add("concept:" + (QueryLexer.isPlainWord(label) ? label : "\"\(label)\""))
            case "wild":
                add("\"" + String(value.map { $0 == "%" ? "*" : $0 == "_" ? "?" : $0 }) + "\"")
            case "reg":
                add("/" + value.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\\/") + "/")
            case "property":
                guard string(index + 3).lowercased() == "value", kind(index + 4) == .comparison(.equal),
                    kind(index + 5) == .quoted, FieldName(typed: value) != nil
                else { return false }
                add(value.lowercased() + ":" + (QueryLexer.isPlainWord(string(index + 5)) ? "" : "\""))
                text += string(index + 5) + (text.hasSuffix("\"") ? "\"" : "")
                index += 6
                return true
            default:
                guard FieldName(typed: name) != nil || name == "word" || name == "concept" else { return false }
                add(name + ":" + plain)
            }
            index += 3
            return true
        }

        /// `,` `-` `;` `where` and the words of other programs; leaves the index where there is nothing to translate.
        mutating func addOperator() {
            switch kind(index) {
            case .comma:
                if kind(index - 2) == .field || keptComma == index - 2 {
                    keptComma = index
                    return
                }
                add("|")
                index += 1
            case .minus:
                add("& !")
                index += 1
            case .semicolon:
                add("then/1w")
                index += 1
            case .word
            where string(index).hasPrefix("-") && index > 0 && kind(index - 1) != .field && string(index).utf8.count > 1:
                add("& !" + String(string(index).dropFirst()))
                index += 1
            case .word where string(index).lowercased() == "where" && (translatesWords || index > 0): addWhere()
            case .word where translatesWords: addWords()
            default: break
            }
        }

        private mutating func addWhere() {
            var relation = "overlaps"
            for ahead in tokens.indices.dropFirst(index + 1) {
                guard kind(ahead) == .word,
                    let named = ["exact": "equals", "boundary": "within", "overlap": "overlaps"][
                        string(ahead).lowercased()]
                else { continue }
                relation = named
                used.insert(ahead)
                break
            }
            add(relation)
            index += 1
        }

        /// Relations by the words of MAXQDA and the signs of AQL.
        private mutating func addWords() {
            let word = string(index).lowercased()
            let pair = word + " " + string(index + 1).lowercased()
            if let relation = Self.pairs[pair] {
                add(relation)
                index += 2
            } else if index > 0, let relation = Self.words[word] {
                add(relation)
                index += 1
            }
        }

        static let pairs = [
            "followed by": "then", "preceded by": "then", "if inside": "within", "if outside": "not within",
            "overlaps with": "overlaps", "but not": "& !",
        ]
        static let words = [
            "_o_": "overlaps", "_i_": "contains", "_=_": "equals", "inside": "within", "outside": "not within",
            "overlap": "overlaps", "overlapping": "overlaps", "intersects": "overlaps", "intersecting": "overlaps",
            "before": "then", "precedes": "then", "beside": "near", "without": "& !",
        ]

        // MARK: CQL

        /// True where words in a row begin: `[word="felt"] []{0,3}`, `"felt" "nothing"`.
        var isRow: Bool {
            switch kind(index) {
            case .bracketOpen: true
            case .quoted: kind(index + 1) == .bracketOpen || kind(index + 1) == .quoted
            default: false
            }
        }

        /// Words in a row as one phrase.
        mutating func addRow() -> Bool {
            var items: [String] = []
            var lemmas = 0
            while kind(index) == .bracketOpen || kind(index) == .quoted {
                var item = "*"
                if kind(index) == .quoted {
                    item = string(index)
                    index += 1
                } else if kind(index + 1) == .bracketClose {
                    index += 2
                } else {
                    let attribute = string(index + 1).lowercased()
                    guard kind(index + 2) == .comparison(.equal), kind(index + 3) == .quoted,
                        kind(index + 4) == .bracketClose, attribute == "word" || attribute == "lemma"
                    else { return false }
                    item = string(index + 3)
                    lemmas += attribute == "lemma" ? 1 : 0
                    index += 5
                }
                guard let times = repetition() else { return false }
                items += Array(repeating: item, count: times.low)
                if times.high > times.low {
                    guard item == "*" else { return false }
                    items.append("..\(times.high - times.low)")
                }
            }
            // In CQL values are expressions: `.*` is any number of letters.
            let row = items.map { $0.split(separator: ".*", omittingEmptySubsequences: false).joined(separator: "*") }
            add(lemmas == 1 && row.count == 1 ? "word:" + row[0] : "\"" + row.joined(separator: " ") + "\"")
            return true
        }

        /// `{3}`, `{0,3}`, or nothing; `nil` where it has no upper limit.
        private mutating func repetition() -> (low: Int, high: Int)? {
            guard kind(index) == .braceOpen else {
                switch kind(index) {
                case .star, .question: return nil
                default: return (1, 1)
                }
            }
            guard let low = Int(string(index + 1)) else { return nil }
            // A phrase of more than 50 open words is no phrase.
            if kind(index + 2) == .braceClose, (1...50).contains(low) {
                index += 3
                return (low, low)
            }
            guard kind(index + 2) == .comma, let high = Int(string(index + 3)), kind(index + 4) == .braceClose,
                0 <= low, low <= high, high <= 50
            else { return nil }
            index += 5
            return (low, high)
        }
    }
}
