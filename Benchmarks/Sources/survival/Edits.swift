import Foundation

/// An edit script: makes another version of a novel.
struct Edit: Sendable {
    var name: String
    /// Old and new file, and for each byte of the new one the byte of the old one that it is, or -1.
    var apply: @Sendable (SourceText, inout SeededGenerator, SourceText) throws -> Version

    struct Version {
        var old: [UInt8]
        var new: [UInt8]
        var origins: [Int32]
        var hidden: [Range<Int>] = []
        /// True where words stay the same one after the other: then the truth is counted off.
        var isCounted = false
    }
}

extension Edit {
    /// Goes over the text between the tags of the body; `change` looks at each word and each stretch between words.
    static func byWord(
        _ source: SourceText, _ change: (inout Rewriting, Range<Int>, String) -> Void
    ) -> Rewriting {
        var rewriting = Rewriting(source.bytes)
        for stretch in textStretches(source) {
            var index = stretch.lowerBound
            while index < stretch.upperBound {
                let isBlank = source.bytes[index] <= 0x20
                var end = index
                while end < stretch.upperBound, (source.bytes[end] <= 0x20) == isBlank { end += 1 }
                if !isBlank {
                    rewriting.copy(to: index)
                    change(&rewriting, index..<end, String(decoding: source.bytes[index..<end], as: UTF8.self))
                    rewriting.copy(to: end)
                }
                index = end
            }
        }
        rewriting.finish()
        return rewriting
    }

    /// Text of paragraphs, without tags.
    static func textStretches(_ source: SourceText) -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        for element in source.elements("p") {
            let tags = source.tags.lazy.filter {
                $0.range.lowerBound >= element.start.range.upperBound
                    && $0.range.upperBound <= element.end.range.lowerBound
            }
            _ = tags
            stretches.append(element.start.range.upperBound..<element.end.range.lowerBound)
        }
        var result: [Range<Int>] = []
        for stretch in stretches {
            var start = stretch.lowerBound
            var index = start
            while index < stretch.upperBound {
                if source.bytes[index] == UInt8(ascii: "<") {
                    if start < index { result.append(start..<index) }
                    while source.bytes[index] != UInt8(ascii: ">") { index += 1 }
                    start = index + 1
                }
                index += 1
            }
            if start < stretch.upperBound { result.append(start..<stretch.upperBound) }
        }
        return result
    }

    static func version(_ rewriting: Rewriting) -> Version {
        Version(old: rewriting.old, new: rewriting.bytes, origins: rewriting.origins, hidden: rewriting.hidden)
    }

    static func inverse(_ rewriting: Rewriting) -> Version {
        let (old, new, origins) = rewriting.inverse()
        return Version(old: old, new: new, origins: origins)
    }

    static func chance(_ share: Double, _ random: inout SeededGenerator) -> Bool {
        Double.random(in: 0..<1, using: &random) < share
    }

    static let all: [Edit] = [
        Edit(name: "typo in every 20th word") { source, random, _ in
            version(
                byWord(source) { out, range, word in
                    guard chance(0.05, &random), word.allSatisfy(\.isASCII), !word.contains("&") else { return }
                    let place = range.lowerBound + Int.random(in: 0..<range.count, using: &random)
                    out.copy(to: place)
                    // Never the letter itself: that would be no typo.
                    let old = source.bytes[place] | 0x20
                    let drawn = UInt8.random(in: 97...121, using: &random)
                    let letter = String(UnicodeScalar(drawn >= old ? drawn + 1 : drawn))
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: out.skip(to: place + 1)
                    case 1: out.insert(letter)
                    default: out.replace(to: place + 1, letter)
                    }
                })
        },
        Edit(name: "every 30th word replaced") { source, random, _ in
            version(
                byWord(source) { out, range, word in
                    guard chance(1.0 / 30, &random), !word.contains("&") else { return }
                    out.replace(
                        to: range.upperBound,
                        ["perhaps", "thing", "under", "Margaret", "so", "window"].randomElement(using: &random) ?? "so")
                })
        },
        Edit(name: "every 20th sentence deleted") { source, random, _ in
            var isDeleting = false
            return version(
                byWord(source) { out, range, word in
                    if isDeleting { out.skip(to: range.upperBound) }
                    guard let last = word.last, ".!?”\"".contains(last), word.contains(where: { ".!?".contains($0) })
                    else { return }
                    isDeleting = chance(0.05, &random)
                })
        },
        Edit(name: "every 4th sentence deleted") { source, random, _ in
            var isDeleting = false
            return version(
                byWord(source) { out, range, word in
                    if isDeleting { out.skip(to: range.upperBound) }
                    guard let last = word.last, ".!?”\"".contains(last), word.contains(where: { ".!?".contains($0) })
                    else { return }
                    isDeleting = chance(0.25, &random)
                })
        },
        Edit(name: "every 20th paragraph moved") { source, random, _ in
            let paragraphs = source.elements("p")
            var out = Rewriting(source.bytes)
            var carried: [Range<Int>] = []
            for (index, paragraph) in paragraphs.enumerated() {
                let whole = paragraph.start.range.lowerBound..<paragraph.end.range.upperBound
                out.copy(to: whole.lowerBound)
                if !carried.isEmpty, chance(0.05, &random) || index == paragraphs.count - 1 {
                    for range in carried { out.copy(range) }
                    carried = []
                }
                if chance(0.05, &random), index < paragraphs.count - 1 {
                    carried.append(whole)
                    out.skip(to: whole.upperBound)
                }
            }
            out.finish()
            return version(out)
        },
        Edit(name: "paragraphs split and merged") { source, random, _ in
            var out = Rewriting(source.bytes)
            let paragraphs = source.elements("p")
            for (index, paragraph) in paragraphs.enumerated() {
                let text = paragraph.start.range.upperBound..<paragraph.end.range.lowerBound
                let plain = !source.bytes[text].contains(UInt8(ascii: "<"))
                if plain, text.count > 200, chance(0.1, &random),
                    let blank = source.bytes[(text.lowerBound + text.count / 2)..<text.upperBound].firstIndex(of: 0x20)
                {
                    out.copy(to: blank)
                    out.insert("</p>\n<p>", isHidden: true)
                }
                if index + 1 < paragraphs.count, chance(0.1, &random) {
                    let next = paragraphs[index + 1].start.range
                    let gap = paragraph.end.range.upperBound..<next.lowerBound
                    if source.bytes[gap].allSatisfy({ $0 <= 0x20 }) {
                        out.copy(to: paragraph.end.range.lowerBound)
                        out.insert(" ")
                        out.skip(to: next.upperBound)
                    }
                }
            }
            out.finish()
            return version(out)
        },
        Edit(name: "chapter inserted before") { source, _, other in
            var out = Rewriting(source.bytes)
            guard
                let first = source.tags.first(where: {
                    $0.name == "div" && !$0.isEnd && $0.range.lowerBound > bodyStart(source)
                })
            else {
                return version(out)
            }
            out.copy(to: first.range.lowerBound)
            let paragraphs = other.elements("p").prefix(60).map {
                String(decoding: other.bytes[$0.start.range.lowerBound..<$0.end.range.upperBound], as: UTF8.self)
            }.filter { !$0.dropFirst(3).dropLast(4).contains("<") }
            out.insert("<div type=\"chapter\"><head>Before</head>\n" + paragraphs.joined(separator: "\n") + "</div>\n")
            out.finish()
            return version(out)
        },
        Edit(name: "NFC to NFD") { source, _, _ in version(decomposed(source)) },
        Edit(name: "NFD to NFC") { source, _, _ in inverse(decomposed(source)) },
        Edit(name: "curly quotes to straight") { source, _, _ in
            version(substituting(source, ["“": "\"", "”": "\"", "‘": "'", "’": "'"]))
        },
        Edit(name: "straight quotes to curly") { source, _, _ in
            version(substituting(source, ["\"": "”", "'": "’"]))
        },
        Edit(name: "dashes") { source, _, _ in version(substituting(source, ["—": "--", "–": "-", "-": "‐"])) },
        Edit(name: "white space reflowed") { source, random, _ in
            var out = Rewriting(source.bytes)
            for stretch in textStretches(source) {
                var index = stretch.lowerBound
                while index < stretch.upperBound {
                    var end = index
                    while end < stretch.upperBound, source.bytes[end] <= 0x20 { end += 1 }
                    if end > index {
                        out.copy(to: index)
                        out.substitute(to: end, chance(0.1, &random) ? "\n        " : " ")
                        index = end
                    } else {
                        index += 1
                    }
                }
            }
            out.finish()
            return version(out)
        },
        Edit(name: "lb and hi added") { source, random, _ in version(marked(source, &random)) },
        Edit(name: "lb and hi removed") { source, random, _ in inverse(marked(source, &random)) },
        Edit(name: "xml:ids added") { source, random, _ in version(identified(source, &random)) },
        Edit(name: "xml:ids removed") { source, random, _ in inverse(identified(source, &random)) },
        Edit(name: "xmllint --format") { source, _, _ in
            let file = FileManager.default.temporaryDirectory.appendingPathComponent(
                "survival-\(UUID().uuidString).xml")
            try Data(source.bytes).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["xmllint", "--format", file.path]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return Version(old: source.bytes, new: Array(data), origins: [], isCounted: true)
        },
        Edit(name: "notes inserted") { source, random, _ in
            version(
                byWord(source) { out, range, _ in
                    guard chance(1.0 / 80, &random) else { return }
                    out.copy(to: range.lowerBound)
                    out.insert("<note place=\"bottom\">An editor’s note on this.</note>", isHidden: true)
                })
        },
        Edit(name: "fw inside quotes") { source, random, _ in
            version(
                byWord(source) { out, range, _ in
                    guard chance(1.0 / 40, &random) else { return }
                    out.copy(to: range.lowerBound)
                    out.insert("<pb n=\"12\"/><fw type=\"header\">THE RUNNING TITLE</fw> ", isHidden: true)
                })
        },
        Edit(name: "choice inside quotes") { source, random, _ in
            version(
                byWord(source) { out, range, word in
                    guard chance(1.0 / 20, &random), !word.contains("&"), word.count > 3 else { return }
                    out.insert("<choice><sic>" + String(word.reversed()) + "</sic><corr>", isHidden: true)
                    out.copy(to: range.upperBound)
                    out.insert("</corr></choice>", isHidden: true)
                })
        },
        Edit(name: "div wrapped around") { source, _, _ in
            var out = Rewriting(source.bytes)
            guard let start = source.tags.first(where: { $0.name == "body" && !$0.isEnd }),
                let end = source.tags.last(where: { $0.name == "body" && $0.isEnd })
            else { return version(out) }
            out.copy(to: start.range.upperBound)
            out.insert("<div type=\"book\">")
            out.copy(to: end.range.lowerBound)
            out.insert("</div>")
            out.finish()
            return version(out)
        },
        Edit(name: "p renamed ab") { source, _, _ in
            var out = Rewriting(source.bytes)
            for tag in source.tags where tag.name == "p" && tag.range.lowerBound > bodyStart(source) {
                out.copy(to: tag.range.lowerBound + (tag.isEnd ? 2 : 1))
                out.replace(to: out.position + 1, "ab")
            }
            out.finish()
            return version(out)
        },
        Edit(name: "namespace added") { source, _, _ in
            var out = Rewriting(source.bytes)
            let declaration = " xmlns=\"http://www.tei-c.org/ns/1.0\""
            if let root = source.tags.first,
                let place = String(decoding: source.bytes[root.range], as: UTF8.self).utf8.firstRange(
                    of: declaration.utf8)
            {
                let text = String(decoding: source.bytes[root.range], as: UTF8.self).utf8
                let offset = text.distance(from: text.startIndex, to: place.lowerBound)
                out.copy(to: root.range.lowerBound + offset)
                out.skip(to: root.range.lowerBound + offset + declaration.utf8.count)
            }
            out.finish()
            return inverse(out)
        },
        Edit(name: "ligatures and soft hyphens") { source, random, _ in
            version(
                byWord(source) { out, range, word in
                    guard word.allSatisfy(\.isASCII), !word.contains("&") else { return }
                    var index = range.lowerBound
                    while index < range.upperBound {
                        let pair =
                            index + 1 < range.upperBound
                            ? String(decoding: source.bytes[index...index + 1], as: UTF8.self) : ""
                        if pair == "fi" || pair == "fl" {
                            out.copy(to: index)
                            out.substitute(to: index + 2, pair == "fi" ? "\u{FB01}" : "\u{FB02}")
                            index += 2
                        } else {
                            index += 1
                        }
                    }
                    if range.count > 7, chance(0.2, &random), out.position < range.upperBound - 2 {
                        out.copy(to: max(out.position, range.upperBound - 3))
                        out.insert("\u{AD}", isHidden: true)
                    }
                })
        },
        Edit(name: "an emoji") { source, random, _ in
            version(
                byWord(source) { out, range, _ in
                    guard chance(1.0 / 100, &random) else { return }
                    out.copy(to: range.upperBound)
                    out.insert(" 👩🏽‍🍼")
                })
        },
        Edit(name: "words, typos, notes, quotes, dashes, moved, reflowed at once") { source, random, other in
            // One after the other, the truth carried through.
            var result = Version(
                old: source.bytes, new: source.bytes, origins: (0..<Int32(source.bytes.count)).map { $0 })
            for name in [
                "every 20th paragraph moved", "every 30th word replaced", "typo in every 20th word",
                "curly quotes to straight", "dashes", "white space reflowed", "chapter inserted before",
            ] {
                guard let edit = all.first(where: { $0.name == name }) else { continue }
                let step = try edit.apply(SourceText(result.new), &random, other)
                let origins = result.origins
                result.new = step.new
                result.origins = step.origins.map { $0 < 0 ? -1 : origins[Int($0)] }
                result.hidden = []
            }
            return result
        },
    ]

    private static func bodyStart(_ source: SourceText) -> Int {
        source.tags.first { $0.name == "body" }?.range.lowerBound ?? 0
    }

    private static func substituting(_ source: SourceText, _ table: [Character: String]) -> Rewriting {
        byWord(source) { out, range, word in
            guard !word.contains("&") else { return }
            var index = range.lowerBound
            for character in word {
                let end = index + String(character).utf8.count
                if let other = table[character] {
                    out.copy(to: index)
                    out.substitute(to: end, other)
                }
                index = end
            }
        }
    }

    private static func decomposed(_ source: SourceText) -> Rewriting {
        byWord(source) { out, range, word in
            guard !word.allSatisfy(\.isASCII) else { return }
            var index = range.lowerBound
            for character in word {
                let text = String(character)
                let end = index + text.utf8.count
                let other = text.decomposedStringWithCanonicalMapping
                if Array(other.utf8) != Array(text.utf8) {
                    out.copy(to: index)
                    out.substitute(to: end, other)
                }
                index = end
            }
        }
    }

    private static func marked(_ source: SourceText, _ random: inout SeededGenerator) -> Rewriting {
        byWord(source) { out, range, _ in
            if chance(0.05, &random) {
                out.insert("<hi rend=\"italic\">", isHidden: true)
                out.copy(to: range.upperBound)
                out.insert("</hi>", isHidden: true)
            } else if chance(0.1, &random) {
                out.insert("<lb/>", isHidden: true)
            }
        }
    }

    private static func identified(_ source: SourceText, _ random: inout SeededGenerator) -> Rewriting {
        var out = Rewriting(source.bytes)
        var number = 0
        for paragraph in source.elements("p") {
            number += 1
            let range = paragraph.start.range
            guard !String(decoding: source.bytes[range], as: UTF8.self).contains("xml:id") else { continue }
            out.copy(to: range.lowerBound + 2)
            out.insert(" xml:id=\"par.\(number)\"")
        }
        out.finish()
        return out
    }
}

/// A generator whose numbers follow from its seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
