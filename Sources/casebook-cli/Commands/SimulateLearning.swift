import ArgumentParser
import Casebook
import Foundation

/// For those who work on the program: how fast suggestions learn.
struct SimulateLearning: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate-learning",
        abstract: "Print how suggestions get better with the passages that a user reads.",
        discussion: """
            The texts' passages count that LAYER speaks of. Half of them are read in random or active order, the
            others measure. The concepts named by --new are taken from the model first, as if the user had added them.

            EXAMPLES
              casebook simulate-learning --new neglect,responsive-care \\
                $(grep -l '>held-out<' Corpus/Exemplars/*.xml)
            """, shouldDisplay: false)

    @Argument(help: "Texts that the model has not been trained on.")
    var files: [String]

    @Option(help: "Three or so concepts of the model, with commas between them.")
    var new = ""

    @Option(help: "The layer that has the right answers.")
    var layer = "instructor"

    @Option(help: "Users who are played; figures are means over them.")
    var users = 3

    @OptionGroup var common: CommonOptions

    /// Passages read when it is measured.
    private static let counts = [0, 10, 20, 50, 100, 200]

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let here = FileManager.default.currentDirectoryPath
            let texts = try files.map { try project.textFile(named: $0, from: here).file }
            let simulation = try project.simulation(
                of: texts, layer: layer, new: new.split(separator: ",").map(String.init), jobs: common.jobs)
            let output = common.openOutput()
            output.write(
                Array("\(simulation.sizes.pool) passages to read, \(simulation.sizes.test) to measure\n".utf8))
            output.write(Array("| order | read | micro-F1 | macro-F1 | new concepts | seconds |\n|".utf8))
            output.write(Array("---|---:|---:|---:|---:|---:|\n".utf8))
            for order in LearningSimulation.Order.allCases {
                let curves = parallelMap(Array(1...max(1, users)), jobs: common.jobs) { user in
                    simulation.run(order, at: Self.counts, seed: UInt64(user))
                }
                for place in Self.counts.indices {
                    func mean(_ value: (LearningSimulation.Point) -> Double) -> String {
                        let sum = curves.reduce(0) { $0 + value($1[place]) }
                        return "\(Double(Int((sum / Double(curves.count) * 1000).rounded())) / 1000)"
                    }
                    let read = curves.first?[place].decisions ?? 0
                    let cells = [order.rawValue, "\(read)", mean(\.micro), mean(\.macro), mean(\.new), mean(\.seconds)]
                    output.write(Array("| \(cells.joined(separator: " | ")) |\n".utf8))
                }
            }
            try output.finish()
        }
    }
}
