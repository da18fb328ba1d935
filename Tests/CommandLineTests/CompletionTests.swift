import Foundation
import TestSupport
import Testing

@Suite struct CompletionTests {
    @Test func `candidates come with their labels`() throws {
        try withCasebook { place in
            _ = try place.run("query", "--save", "cold", "neglect")
            #expect(try place.run("query", "--complete", "impai").lines.contains("impaired-bonding\timpaired bonding"))
            #expect(try place.run("query", "--complete", "neglect who:a").lines.first == "ada\tAda, door")
            #expect(
                try place.run("query", "--complete", "neglect stance:con").lines.first?.hasPrefix("contradicts\t")
                    == true)
            #expect(try place.run("query", "--complete", "word:door & @c").output == "cold\tneglect\n")
            #expect(try place.run("query", "--complete", "neglect in:do").lines.first?.hasPrefix("door\t") == true)
            #expect(try place.run("query", "--complete", "neglect ove").lines.contains { $0.hasPrefix("overlaps\t") })
            let record = try #require(
                try place.run("query", "--complete", "neglect & impai", "--format", "jsonl").objects().first)
            #expect(record["text"] as? String == "impaired-bonding")
            #expect(record["kind"] as? String == "concept")
            #expect(record["start"] as? Int == 10)
            #expect(record["end"] as? Int == 15)
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `each shell has a script`(shell: String) throws {
        try withCasebook { place in
            let script = try place.run("--generate-completion-script", shell)
            #expect(script.status == 0)
            #expect(script.output.contains("query"))
        }
    }

    struct Line: CustomTestStringConvertible {
        var typed: String
        var candidate: String
        var testDescription: String { typed }
    }

    /// Bash itself completes the line, as it does when the Tab key is pressed.
    @Test(arguments: [
        Line(typed: "casebook query impai", candidate: "impaired-bonding"),
        Line(typed: "casebook query 'impaired-bonding & negl", candidate: "impaired-bonding & neglect"),
        Line(typed: "casebook query neglect who:ad", candidate: "ada"),
        Line(typed: "casebook query 'neglect who:ad", candidate: "neglect who:ada"),
        Line(typed: "casebook query --count negl", candidate: "neglect"),
        Line(typed: "casebook query neglect and impai", candidate: "impaired-bonding"),
    ])
    func `bash completes a query`(line: Line) throws {
        try withCasebook { place in
            let script = try place.run("--generate-completion-script", "bash").output
            try place.write(
                script + """

                    PATH="\(Workplace.binary.deletingLastPathComponent().path):$PATH"
                    COMP_LINE=$1
                    COMP_POINT=${#COMP_LINE}
                    # As readline divides a line: a quoted word is one, a colon is one.
                    mapfile -t COMP_WORDS < <(printf '%s' "$COMP_LINE" | grep -oE "'[^']*'?|:|[^ :']+")
                    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                    current=${COMP_WORDS[$COMP_CWORD]}
                    _casebook casebook "${current#\\'}" "${COMP_WORDS[$((COMP_CWORD - 1))]}"
                    printf '%s\\n' "${COMPREPLY[@]}"

                    """, to: "complete.bash")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.arguments = ["complete.bash", line.typed]
            process.currentDirectoryURL = place.folder
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(output.split(separator: "\n").contains { $0 == line.candidate }, "\(output)")
        }
    }

    struct Typed: CustomTestStringConvertible {
        var shell: String
        var line: String
        var completed: String
        var testDescription: String { "\(shell): \(line)" }
    }

    /// The shells themselves, each in a terminal of its own; those that are not installed are left out.
    @Test(
        .enabled(if: SystemTool.has("python3"), "no python3 that presses the key"),
        arguments: ["bash", "zsh", "fish"].filter { SystemTool.has($0) }.flatMap { shell in
            [
                Typed(shell: shell, line: "casebook query impai", completed: "impaired-bonding"),
                Typed(shell: shell, line: "casebook query 'impaired-bonding & negl", completed: "& neglect"),
                Typed(shell: shell, line: "casebook query --count neglect who:ad", completed: "who:ada"),
            ]
        })
    func `a shell completes a query when Tab is pressed`(typed: Typed) throws {
        try withCasebook { place in
            let script = try place.run("--generate-completion-script", typed.shell).output
            try place.write(script, to: ["bash": "c.bash", "zsh": "_casebook", "fish": "c.fish"][typed.shell] ?? "")
            // What is completed is read from the index: it is made before the key is pressed.
            _ = try place.run("index", "--quiet")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "python3", URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures/complete.py",
                typed.shell, place.folder.path, typed.line, typed.completed,
            ]
            process.currentDirectoryURL = place.folder
            var environment = ProcessInfo.processInfo.environment
            environment["PATH"] = Workplace.binary.deletingLastPathComponent().path + ":" + (environment["PATH"] ?? "")
            process.environment = environment
            let errors = Pipe()
            process.standardError = errors
            try process.run()
            let screen = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(screen)")
        }
    }

    @Test func `fish and zsh show the labels`() throws {
        try withCasebook { place in
            let asked = ["---completion", "query", "--", "positional@0", "2", "5", "casebook", "query", "impai"]
            let fish = try place.run(asked, environment: ["SAP_SHELL": "fish"])
            #expect(fish.lines.first == "impaired-bonding\timpaired bonding")
            let zsh = try place.run(asked, environment: ["SAP_SHELL": "zsh"])
            #expect(zsh.lines.first == "impaired-bonding:impaired bonding")
        }
    }
}
