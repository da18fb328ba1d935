internal import Mustache

/// A sheet's tree as swift-mustache wants it: children by name, without reflection.
extension SheetValue: MustacheParent, MustacheCustomRenderable, MustacheCustomRepresentation {
    package func child(named name: String) -> Any? {
        guard let value = self[name] else { return nil }
        return value
    }

    /// Arrays and booleans are sections; everything else stays what it is.
    package var representation: Any? {
        switch self {
        case .array(let values): values
        case .bool(let value): value
        default: self
        }
    }

    package var renderText: String {
        switch self {
        case .null, .array, .object: ""
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .number(let value): "\(value)"
        case .string(let value): value
        }
    }

    package var isNull: Bool { self == .null }
}
