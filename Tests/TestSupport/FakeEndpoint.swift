import Foundation

/// An endpoint on this machine that speaks OpenAI's chat completions and misbehaves as the model's name says
/// (`Tests/LanguageModelsTests/Fixtures/endpoint.py`). It ends with the value.
package final class FakeEndpoint {
    /// The endpoint is a Python script: where there is no Python its tests are skipped.
    package static let isAvailable: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import http.server"]
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// What reached the endpoint.
    package struct Request: Decodable, Sendable {
        package var path: String
        package var model: String
        package var key: String?
        package var texts: [String]
        package var roles: [String]
        package var format: String?
        package var temperature: Double?
        package var concepts: Bool
        /// The first message, of a model's first request.
        package var system: String?
    }

    package struct NoPort: Error {}

    private let process = Process()
    /// The script ends when nobody holds this any more, however the tests end.
    private let lifeline = Pipe()
    private let log: URL
    /// `http://127.0.0.1:PORT/v1`.
    package let address: String

    package init() throws {
        log = FileManager.default.temporaryDirectory.appendingPathComponent(
            "endpoint-\(UUID().uuidString).jsonl")
        try Data().write(to: log)
        let script = packageRoot.appendingPathComponent(
            "Tests/LanguageModelsTests/Fixtures/endpoint.py")
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-B", script.path, log.path]
        process.standardInput = lifeline
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data([0x0A]),
            !byte.isEmpty
        {
            line += byte
        }
        guard let port = Int(String(decoding: line, as: UTF8.self)) else {
            Self.end(process)
            throw NoPort()
        }
        address = "http://127.0.0.1:\(port)/v1"
    }

    deinit {
        Self.end(process)
        try? FileManager.default.removeItem(at: log)
    }

    /// Tests run in threads that block signals, and so does what is started in them: a polite signal would not arrive.
    private static func end(_ process: Process) {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// All requests so far, in order.
    package func requests() throws -> [Request] {
        try Data(contentsOf: log).split(separator: 0x0A).map {
            try JSONDecoder().decode(Request.self, from: $0)
        }
    }
}
