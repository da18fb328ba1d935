import Foundation
package import Testing

/// True where the run re-records golden files: `CASEBOOK_RECORD=1 swift test`. Such a run fails, so that nobody
/// takes it for a green one.
package let isRecording = ProcessInfo.processInfo.environment["CASEBOOK_RECORD"] == "1"

/// Compares with `Golden/NAME` beside the test file; shows the first lines that differ.
package func expectGolden(
    _ actual: String, _ name: String, file: StaticString = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) {
    let golden = URL(fileURLWithPath: "\(file)").deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
    if isRecording {
        do {
            try FileManager.default.createDirectory(
                at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(actual.utf8).write(to: golden)
        } catch {
            Issue.record("golden file \(name) cannot be written: \(error)", sourceLocation: sourceLocation)
        }
        Issue.record(
            "recorded \(name); look at the difference, then run without CASEBOOK_RECORD", sourceLocation: sourceLocation
        )
        return
    }
    guard let data = try? Data(contentsOf: golden) else {
        Issue.record("no golden file \(name): record it with CASEBOOK_RECORD=1", sourceLocation: sourceLocation)
        return
    }
    let expected = String(decoding: data, as: UTF8.self)
    if actual != expected {
        Issue.record("\(name) differs:\n\(firstDifferences(expected, actual))", sourceLocation: sourceLocation)
    }
}

/// The first lines in which two texts differ, `-` expected and `+` actual.
package func firstDifferences(_ expected: String, _ actual: String, limit: Int = 8) -> String {
    let before = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let after = actual.split(separator: "\n", omittingEmptySubsequences: false)
    var lines: [String] = []
    for index in 0..<max(before.count, after.count) {
        let old = index < before.count ? String(before[index]) : nil
        let new = index < after.count ? String(after[index]) : nil
        guard old != new else { continue }
        lines.append("line \(index + 1)")
        if let old { lines.append("- " + old) }
        if let new { lines.append("+ " + new) }
        if lines.count > limit * 3 { break }
    }
    return lines.joined(separator: "\n")
}
