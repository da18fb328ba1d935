/// JSON that is put together by hand: requests and the schema of answers.
indirect enum JSONValue: Encodable, Sendable {
    case text(String)
    case number(Double)
    case bool(Bool)
    case list([JSONValue])
    case object([String: JSONValue])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .bool(let bool): try container.encode(bool)
        case .list(let list): try container.encode(list)
        case .object(let members): try container.encode(members)
        }
    }

    /// An object with just these members, all of them needed: the only sort that every endpoint can hold a model to.
    static func schema(_ members: [String: JSONValue]) -> JSONValue {
        .object([
            "type": .text("object"), "properties": .object(members),
            "required": .list(members.keys.sorted().map { .text($0) }),
            "additionalProperties": .bool(false),
        ])
    }

    static func schemaList(_ items: JSONValue) -> JSONValue {
        .object(["type": .text("array"), "items": items])
    }

    static func schemaText(among values: [String] = []) -> JSONValue {
        guard !values.isEmpty else { return .object(["type": .text("string")]) }
        return .object(["type": .text("string"), "enum": .list(values.map { .text($0) })])
    }

    /// What an answer about some passages has to look like.
    static func answerSchema(concepts: [String]) -> JSONValue {
        let finding = schema([
            "concept": schemaText(among: concepts), "quote": schemaText(),
            "stance": schemaText(among: ["supports", "contradicts", "ambiguous"]),
            "confidence": .object(["type": .text("number")]), "reason": schemaText(),
        ])
        return schema([
            "passages": schemaList(schema(["id": schemaText(), "findings": schemaList(finding)]))
        ])
    }
}
