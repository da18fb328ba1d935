import Foundation

/// Reads what a model wrote: JSON by the schema, as a rule; in a code fence or between friendly words, often enough.
enum AnswerReader {
    struct Passage: Sendable {
        var id: String
        var claims: [Claim]
        /// Claims without a concept or without words.
        var malformed: Int
    }

    /// `nil` where no answer can be made out: no JSON, or cut off.
    static func read(_ content: String) -> [Passage]? {
        let bytes = Array(content.utf8)
        var start = bytes.startIndex
        // After so many brackets that open no answer there is none.
        var attempts = 32
        // The first object or list that can be read from its beginning to its end.
        while let open = bytes[start...].firstIndex(where: {
            $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[")
        }) {
            guard let end = endOfValue(bytes, from: open) else { return nil }
            if let passages = passages(in: Data(bytes[open..<end])) { return passages }
            start = open + 1
            attempts -= 1
            if attempts == 0 { return nil }
        }
        return nil
    }

    private struct Answer: Decodable {
        var passages: [LenientPassage]
    }

    private struct LenientPassage: Decodable {
        var id: String
        var findings: [LenientClaim]

        private enum CodingKeys: String, CodingKey { case id, findings }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            if let number = try? values.decode(Int.self, forKey: .id) {
                id = String(number)
            } else {
                id = try values.decode(String.self, forKey: .id)
            }
            findings = try values.decodeIfPresent([LenientClaim].self, forKey: .findings) ?? []
        }
    }

    /// One finding that is none does not cost the others.
    private struct LenientClaim: Decodable {
        var claim: Claim?
        init(from decoder: any Decoder) throws { claim = try? Claim(from: decoder) }
    }

    private static func passages(in data: Data) -> [Passage]? {
        let decoder = JSONDecoder()
        let found =
            (try? decoder.decode(Answer.self, from: data))?.passages
            ?? (try? decoder.decode([LenientPassage].self, from: data))
        return found?.map { passage in
            let claims = passage.findings.compactMap(\.claim)
            return Passage(
                id: passage.id, claims: claims, malformed: passage.findings.count - claims.count)
        }
    }

    /// Just after the bracket that closes the one at `start`; `nil` where it is never closed.
    private static func endOfValue(_ bytes: [UInt8], from start: Int) -> Int? {
        var depth = 0
        var isInString = false
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isInString: index += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{"), UInt8(ascii: "["): if !isInString { depth += 1 }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if !isInString { depth -= 1 }
                if depth == 0, !isInString { return index + 1 }
            default: break
            }
            index += 1
        }
        return nil
    }
}
