import Foundation
import LayerFiles
import Readers
import TextModel

/// How annotations survive edits of their text.
///
///     survival [FOLDER] [--script NAME] [--failures] [--seed N] [--quotes N]
///
/// 200 annotations on each of ten novels, every edit script on each, all seeds fixed. A table of what became of
/// them: with Casebook's anchoring, with a shift along the difference of the texts, with an exact search for the
/// quote in its context.
@main
struct Survival {
    static let novels = [
        "ENG18652_Carroll", "ENG18850_Rutherford", "ENG18900_Doyle", "ENG18920_Grossmith", "ENG18641_Stretton",
        "ENG18610_Eliot", "ENG18570_Bronte", "ENG18890_Nesbit", "ENG18860_Hardy", "ENG18760_Collins",
    ]

    static func main() throws {
        var arguments = CommandLine.arguments.dropFirst()
        let showsFailures = arguments.contains("--failures")
        var only: String?
        if let place = arguments.firstIndex(of: "--script"), place + 1 < arguments.endIndex {
            only = arguments[place + 1]
        }
        func number(_ option: String, else fallback: Int) -> Int {
            guard let place = arguments.firstIndex(of: option), place + 1 < arguments.endIndex else { return fallback }
            return Int(arguments[place + 1]) ?? fallback
        }
        let seed = number("--seed", else: 0)
        let count = number("--quotes", else: 200)
        if let first = arguments.first, first.hasPrefix("--") { arguments = [] }
        let folder = arguments.first ?? "../../shared/corpora/eltec-eng"
        var sources: [(name: String, text: SourceText)] = []
        for novel in novels {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(novel).xml") else {
                print("\(folder)/\(novel).xml is not at hand")
                return
            }
            sources.append((novel, SourceText(Array(data))))
        }
        var totals = (Tally(), Tally(), Tally())
        print(Tally.heading)
        for (number, edit) in Edit.all.enumerated() where only == nil || edit.name.contains(only ?? "") {
            var tallies = (Tally(), Tally(), Tally())
            for (index, novel) in sources.enumerated() {
                var random = SeededGenerator(seed: UInt64(seed * 100_000 + number * 100 + index + 1))
                let other = sources[(index + 1) % sources.count].text
                let version = try edit.apply(novel.text, &random, other)
                var trial = Trial(novel: novel.name, version: version, random: random)
                trial.showsFailures = showsFailures
                trial.wanted = count
                try trial.run(&tallies)
            }
            print(tallies.0.row(edit.name))
            totals.0.add(tallies.0)
            totals.1.add(tallies.1)
            totals.2.add(tallies.2)
            for (name, tally) in [("diff-shift", tallies.1), ("exact context", tallies.2)] {
                print(tally.row("    " + name))
            }
        }
        print(totals.0.row("ALL SCRIPTS"))
        print(totals.1.row("    diff-shift"))
        print(totals.2.row("    exact context"))
    }
}

/// What became of annotations.
struct Tally {
    /// Quote as it was: right, silently wrong, told as doubtful (with the true place, without), orphaned.
    var kept = Counts()
    /// Quote with up to a tenth of its characters changed.
    var changed = Counts()
    /// Quote changed more than that, but not gone.
    var damaged = Counts()
    /// Quote deleted: orphaned is right.
    var deleted = Counts()
    var seconds = 0.0

    struct Counts {
        var right = 0, silent = 0, listed = 0, flagged = 0, orphaned = 0
        var all: Int { right + silent + listed + flagged + orphaned }

        mutating func add(_ other: Counts) {
            right += other.right
            silent += other.silent
            listed += other.listed
            flagged += other.flagged
            orphaned += other.orphaned
        }
    }

    mutating func add(_ other: Tally) {
        kept.add(other.kept)
        changed.add(other.changed)
        damaged.add(other.damaged)
        deleted.add(other.deleted)
        seconds += other.seconds
    }

    static let heading =
        "script                                   |  kept right  listed flagged orphan | ≤10 % right listed flagged orphan | >10 % right | gone orphaned | SILENT | s"

    func row(_ name: String) -> String {
        func percent(_ counts: Counts) -> String {
            counts.all == 0 ? "     -" : String(format: "%5.1f%%", 100 * Double(counts.right) / Double(counts.all))
        }
        func count(_ number: Int) -> String { String(format: "%6d", number) }
        let silent = kept.silent + changed.silent + damaged.silent + deleted.silent
        return name.padding(toLength: 40, withPad: " ", startingAt: 0) + " | " + count(kept.all) + " " + percent(kept)
            + count(kept.listed) + count(kept.flagged) + count(kept.orphaned) + "  | " + count(changed.all)
            + percent(changed) + count(changed.listed) + count(changed.flagged) + count(changed.orphaned) + " | "
            + count(damaged.all) + percent(damaged) + " | " + count(deleted.all) + percent(deleted) + " | "
            + count(silent) + String(format: " | %5.2f", seconds)
    }
}
