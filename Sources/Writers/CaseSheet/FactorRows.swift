/// A row of the form cut into rows that a page can begin with.
///
/// A factor may have a page of quotations in one of its columns. As one row it would leave a hole before it or be torn
/// between its label and its first words, so a long one is a row for every two quotations of a column; all but the first
/// repeat the label for those who hear the table and show nothing of it.
enum FactorRows {
    /// On paper, and on a screen, which has no pages.
    static let divided = "rows"
    static let whole = "row"

    private static let itemsPerRow = 2
    /// So many in one column leave no hole worth a row of their own.
    private static let undividedItems = 4

    static func rows(of factor: SheetValue, isDivided: Bool) -> [SheetValue] {
        guard case .array(let slots)? = factor["slots"] else { return [] }
        let columns = slots.map { slot -> [SheetValue] in
            if case .array(let items)? = slot["items"] { items } else { [] }
        }
        let longest = columns.map(\.count).max() ?? 0
        let itemsPerRow = !isDivided || longest <= Self.undividedItems ? max(1, longest) : Self.itemsPerRow
        let count = max(1, (longest + itemsPerRow - 1) / itemsPerRow)
        return (0..<count).map { row in
            let cells = zip(slots, columns).map { slot, items -> SheetValue in
                let own = items.dropFirst(row * itemsPerRow).prefix(itemsPerRow)
                return [
                    "name": slot["name"] ?? .null, "items": .array(Array(own)), "hasItems": .bool(!own.isEmpty),
                    "isNone": .bool(row == 0 && items.isEmpty),
                ]
            }
            return ["isFirst": .bool(row == 0), "cells": .array(cells)]
        }
    }
}
