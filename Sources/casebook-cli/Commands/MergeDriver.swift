import ArgumentParser
import Casebook
import Foundation
import LayerFiles
import TextModel

struct MergeDriver: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge-driver", abstract: "Merge two versions of a layer file for git.",
        discussion: """
            Works on annotations, not on lines. git calls it where .gitattributes says so:

              Corpus/**/*.*.xml merge=casebook

            and the repository knows it, once a clone:

              git config merge.casebook.driver 'casebook merge-driver %O %A %B %P'

            The result stands in OURS. Where both sides changed the same property of an annotation in different
            ways, both versions are kept and the status is 1, so that git asks for a look. Files that are no layers
            are merged by lines, as git does.

            EXAMPLES
              casebook merge-driver base.xml ours.xml theirs.xml Corpus/emma.ana.xml
            """)

    @Argument(help: "The common ancestor (%O).")
    var base: String

    @Argument(help: "Our version (%A); the result is written here.")
    var ours: String

    @Argument(help: "Their version (%B).")
    var theirs: String

    @Argument(help: "Path of the file in the repository (%P).")
    var path: String

    func run() throws {
        try CommandFailure.wrapping {
            let versions = try [base, ours, theirs].map { try FileSystem.read($0, as: $0) }
            guard versions.dropFirst().allSatisfy({ LayerFile.read(bytes: $0, path: path).0.isLayer }) else {
                return try mergeLines()
            }
            let result: ThreeWayMerge.Result
            do {
                result = try ThreeWayMerge.merge(
                    base: versions[0], ours: versions[1], theirs: versions[2], path: path)
            } catch let error as Diagnostic {
                // One of them is broken: git's own merge shows where.
                Console.writeError("casebook: \(path): \(error.summary); merged by lines\n")
                return try mergeLines()
            }
            try FileSystem.write(result.bytes, to: ours)
            for conflict in result.conflicts { Console.writeError("casebook: \(path): \(conflict)\n") }
            if !result.conflicts.isEmpty { throw CommandFailure(.problems, "") }
        }
    }

    /// What git does with any text: its status is the number of conflicts, 127 at most.
    private func mergeLines() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "merge-file", "-L", "ours", "-L", "base", "-L", "theirs", ours, base, theirs]
        do {
            try process.run()
        } catch {
            throw CommandFailure(.notFound, "git cannot be run: \(error.localizedDescription)")
        }
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw CommandFailure(.problems, "") }
    }
}
