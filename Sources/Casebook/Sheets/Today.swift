import Foundation

extension Project {
    /// The day as sheets print it, `2026-03-07`; `SOURCE_DATE_EPOCH` sets it where a build must be repeatable.
    package static var today: String {
        let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Double($0) }
        let date = epoch.map { Date(timeIntervalSince1970: $0) } ?? Date()
        return String(date.ISO8601Format().prefix(10))
    }
}
