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

extension SheetValue: MustacheTransformable {
    /// `nested` of ``NestedQuotation``, `empty` as texts have it, `row` and `rows` of ``FactorRows``.
    package func transform(_ name: String) -> Any? {
        switch self {
        case .object where name == FactorRows.whole: return FactorRows.rows(of: self, isDivided: false)
        case .object where name == FactorRows.divided: return FactorRows.rows(of: self, isDivided: true)
        case .string(let text) where name == "empty": return text.isEmpty
        case .string(let text):
            guard let dash = name.firstIndex(of: "-"), name[..<dash] == NestedQuotation.transform else { return nil }
            return SheetValue.string(NestedQuotation.text(text, in: String(name[name.index(after: dash)...])))
        default: return nil
        }
    }
}
