/// A date of ISO 8601 whose day, or month and day, may be open: `1847`, `1847-10`, `1847-10-16`.
package struct PartialDate: Sendable, Hashable {
    /// May be negative: before the common era.
    package var year: Int
    package var month: Int?
    package var day: Int?

    package init(year: Int, month: Int? = nil, day: Int? = nil) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// `nil` for anything but the three forms, and for months and days that do not exist.
    package init?(_ text: String) {
        var digits = text[...]
        let isNegative = digits.hasPrefix("-")
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            (1...4).contains(parts[0].utf8.count), parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
            let year = Int(parts[0])
        else { return nil }
        self.year = isNegative ? -year : year
        if parts.count > 1 {
            guard let month = Int(parts[1]), (1...12).contains(month) else { return nil }
            self.month = month
        }
        if parts.count > 2 {
            guard let month, let day = Int(parts[2]), (1...Self.days(in: month, year)).contains(day) else { return nil }
            self.day = day
        }
    }

    /// The first day that the date may be, and the last: what a comparison needs.
    package var earliest: (year: Int, month: Int, day: Int) { (year, month ?? 1, day ?? 1) }
    package var latest: (year: Int, month: Int, day: Int) {
        (year, month ?? 12, day ?? Self.days(in: month ?? 12, year))
    }

    package var text: String {
        var text = (year < 0 ? "-" : "") + Self.padded(abs(year), month == nil ? 1 : 4)
        if let month { text += "-" + Self.padded(month, 2) }
        if let day { text += "-" + Self.padded(day, 2) }
        return text
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    private static func days(in month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
