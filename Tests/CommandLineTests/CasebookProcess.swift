import Foundation
import TestSupport

/// What a run of the program printed and how it ended.
struct Run {
    var output: String
    var error: String
    var status: Int32

    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// Each line as a JSON object.
    func objects() throws -> [[String: Any]] {
        try lines.compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }
}

/// A folder with the real program, as a user has it.
struct Workplace {
    let folder: URL

    /// The binary lies beside the test bundle, or beside the tests' own executable.
    static let binary: URL = {
        let beside = [
            Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
            packageRoot.appendingPathComponent(".build/debug"),
        ]
        let candidates = beside.map { $0.appendingPathComponent("casebook") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[2]
    }()

    /// Runs `casebook`; anything given as input is its standard input.
    func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) throws -> Run {
        try run(arguments, input: input, environment: environment)
    }

    func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> Run {
        let process = Process()
        process.executableURL = Self.binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["NO_COLOR": "1", "COLUMNS": "80", "SOURCE_DATE_EPOCH": "1767225600"].merging(environment) { $1 }
        ) { $1 }
        // Files, not pipes: a pipe that nobody empties stops the program.
        let outputFile = folder.appendingPathComponent(".output-\(UUID().uuidString)")
        let errorFile = folder.appendingPathComponent(".error-\(UUID().uuidString)")
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        let inputFile = folder.appendingPathComponent(".input-\(UUID().uuidString)")
        try Data(input.utf8).write(to: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        try process.run()
        process.waitUntilExit()
        defer { for file in [outputFile, errorFile, inputFile] { try? FileManager.default.removeItem(at: file) } }
        return Run(
            output: try String(contentsOf: outputFile, encoding: .utf8),
            error: try String(contentsOf: errorFile, encoding: .utf8), status: process.terminationStatus)
    }

    func write(_ text: String, to name: String) throws {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func read(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }
}

/// Calls with a fresh casebook that holds one short text, `Corpus/door.xml`.
func withCasebook<Result>(_ body: (Workplace) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
        let place = Workplace(folder: folder)
        _ = try place.run("init", ".", "--quiet")
        try place.write(doorText, to: "Corpus/door.xml")
        return try body(place)
    }
}

/// Two paragraphs and two persons; the words of one passage come twice.
let doorText = """
    <?xml version="1.0" encoding="UTF-8"?>
    <TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en" xml:id="door">
     <teiHeader><fileDesc><titleStmt><title>The Door</title><author>N. N.</author></titleStmt>
      <publicationStmt><publisher>Test</publisher></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc>
      <profileDesc><particDesc><listPerson>
       <person xml:id="ada" sex="F"><persName>Ada</persName></person>
       <person xml:id="tom" sex="M"><persName>Tom</persName></person>
       <listRelation><relation xml:id="r.ada-tom" name="parent_of" active="#ada" passive="#tom"/></listRelation>
      </listPerson></particDesc></profileDesc></teiHeader>
     <text><body><pb n="7"/>
      <p xml:id="p1">Ada felt nothing for the child. The door stood open, and the door was blue.</p>
      <p>He slept. <pb n="8"/>She felt nothing for the child, she told the nurse, and the nurse wrote it down.</p>
     </body></text>
    </TEI>

    """
