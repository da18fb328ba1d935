package import QueryLanguage

/// Counts per group: `query --group-by`.
package enum GroupRecords {
    package static func table(_ groups: HitGroups) -> TextTable {
        var table = TextTable(
            [.init(groups.key.rawValue.prefix(1).uppercased() + groups.key.rawValue.dropFirst())]
                + ["Hits", "For", "Against", "Ambiguous"].map { .init($0, isNumber: true) })
        table.rows = groups.sorted.map { [$0.name ?? none(groups.key)] + numbers($0.count) }
        return table
    }

    package static func csv(_ groups: HitGroups) -> [UInt8] {
        var csv = CSVWriter()
        csv.row([groups.key.rawValue, "document", "hits", "supports", "contradicts", "ambiguous"])
        for group in groups.sorted { csv.row([group.name ?? "", group.document ?? ""] + numbers(group.count)) }
        return csv.bytes
    }

    package static func jsonLines(_ groups: HitGroups) -> [UInt8] {
        var json = JSONWriter()
        for group in groups.sorted {
            json.beginObject()
            json.key(named: groups.key.rawValue)
            json.string(group.name)
            json.key("document")
            json.string(group.document)
            json.key("hits")
            json.int(group.count.all)
            json.key("supports")
            json.int(group.count.supports)
            json.key("contradicts")
            json.int(group.count.contradicts)
            json.key("ambiguous")
            json.int(group.count.ambiguous)
            json.endObject()
            json.endLine()
        }
        return json.bytes
    }

    private static func numbers(_ count: HitCount) -> [String] {
        [count.all, count.supports, count.contradicts, count.ambiguous].map(String.init)
    }

    private static func none(_ key: HitGroups.Key) -> String { key == .year ? "undated" : "no \(key.rawValue)" }
}
