import Foundation
import TestSupport
import Testing

/// Two programs that write at once, as two terminals do.
@Suite struct ConcurrentWritersTests {
    @Test func `annotations that two processes add to one layer at once are all there`() throws {
        try withCasebook { place in
            // Enough that the two meet: each save holds the lock for some milliseconds of a run.
            let rounds = 12
            let script = """
                for i in $(seq \(rounds)); do
                  "$1" annotate add door --passage p1 --range $2:$((i + 3 + $2)) --concept neglect --layer ana --as $3 || exit 1
                done
                """
            let outputs = ["0", "20"].map { place.folder.appendingPathComponent(".ids-\($0)") }
            var processes: [Process] = []
            for (output, (start, name)) in zip(outputs, [("0", "ana"), ("20", "tom")]) {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/bin/bash")
                process.arguments = ["-c", script, "bash", Workplace.binary.path, start, name]
                process.currentDirectoryURL = place.folder
                try Data().write(to: output)
                process.standardOutput = try FileHandle(forWritingTo: output)
                try process.run()
                processes.append(process)
            }
            for process in processes {
                process.waitUntilExit()
                #expect(process.terminationStatus == 0)
            }
            let added = try outputs.flatMap { try String(contentsOf: $0, encoding: .utf8).split(separator: "\n") }
            #expect(Set(added).count == 2 * rounds)
            let listed = try place.run("annotate", "list", "--format", "jsonl").objects()
            #expect(Set(listed.compactMap { $0["id"] as? String }) == Set(added.map(String.init)))
            #expect(Set(listed.compactMap { $0["creator"] as? String }) == ["ana", "tom"])
            // Every step stands in the history, and each is taken back for itself.
            #expect(try place.run("annotate", "log", "--limit", "100").lines.count == 2 * rounds)
            for _ in 0..<3 { #expect(try place.run("annotate", "undo").status == 0) }
            #expect(try place.run("annotate", "list", "--format", "jsonl").lines.count == 2 * rounds - 3)
        }
    }
}
