import ArgumentParser
import Casebook
import Foundation
import QueryLanguage
import SearchIndex
import TextModel
import Writers

struct PacketCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "packet", abstract: "Teaching packets: one selection, a family of sheets.",
        discussion: """
            A packet is a small file, Packets/NAME.yml: what is read, what it is about, which sheets are made of it.
            All its sheets have the same item numbers and the same checksum.

            EXAMPLES
              casebook packet list
              casebook packet new depression 'postpartum-depression in:harmattan-letters' --pick
              casebook packet build depression -o sheets
            """,
        subcommands: [PacketList.self, PacketNew.self, PacketBuildCommand.self])
}

struct PacketList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Names of the packets, one a line.",
        discussion: """
            EXAMPLES
              casebook packet list
            """)

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        let output = common.openOutput()
        for name in project.packetNames() { output.write(name + "\n") }
        try output.finish()
    }
}

struct PacketNew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Write a new packet, to be filled in.",
        discussion: """
            EXPRESSION is the query that chooses its passages; --pick writes the passages out one by one, so that they
            can be put into another order and given headnotes.

            EXAMPLES
              casebook packet new two-ties 'impaired-bonding in:love-story'
              casebook packet new two-ties-picked 'impaired-bonding in:love-story' --pick --title 'Two ties'
            """)

    @Argument(help: "Its name: letters, digits, -, _ and . only.")
    var name: String

    @Argument(help: "A query.")
    var expression: [String] = []

    @Flag(help: "Write out the passages that the query finds.")
    var pick = false

    @Option(help: "Title of its sheets; by default its name.")
    var title: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !pick || !expression.isEmpty else { throw ValidationError("--pick needs a query to pick from.") }
    }

    func run() throws {
        let project = try common.project()
        let text = expression.isEmpty ? nil : expression.joined(separator: " ")
        try CommandFailure.wrappingQuery {
            var hits: [Hit]?
            if let text {
                // Looked up now, so that a slip is told now and not on the morning of the class.
                let index = try common.updatedIndex(of: project)
                let query = try common.resolve(text, index: index, project: project)
                if pick { hits = try index.hits(of: query, project.queryOptions) }
            }
            let file = try project.newPacket(named: name, title: title, query: text, hits: hits)
            let output = common.openOutput()
            output.write(file + "\n")
            try output.finish()
        }
    }
}

struct PacketBuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Make all sheets of a packet.",
        discussion: """
            Writes NAME-KIND.FORMAT for each sheet into the folder of -o, which is made where it is missing; by default
            a folder with the packet's name.

            EXAMPLES
              casebook packet build impaired-bonding -o sheets
            """)

    @Argument(help: "The packet.")
    var name: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        let reporter = Reporter(console: common.console, project: project)
        let folder = common.output ?? name
        try CommandFailure.wrappingQuery {
            let (packet, problems) = try project.packet(named: name)
            let isSound = !reporter.report(problems)
            let build = try project.build(packet, date: Project.today) { try common.updatedIndex(of: project) }
            let isWhole = !reporter.report(build.diagnostics)
            try FileSystem.makeFolder(folder)
            for file in build.files { try FileSystem.write(file.bytes, to: folder + "/" + file.name) }
            let sheets = build.files.count == 1 ? "1 file" : "\(build.files.count) files"
            common.console.note("\(sheets) in \(folder)")
            if !isSound || !isWhole { throw CommandFailure(.problems, "") }
        }
    }
}
