import Foundation
import Readers
import Synchronization
import TextModel

/// Answers that are kept, so that no passage is sent twice for the same question to the same model.
///
/// A file of JSON lines for each model and prompt. A line is appended as soon as its passage is answered: a run that
/// is interrupted loses what was under way and nothing else.
final class AnswerCache: Sendable {
    private struct Line: Codable {
        var passage: String
        var claims: [Claim]
    }

    private let path: String
    private let answers: Mutex<[String: [Claim]]>

    /// `folder` is made when something is kept.
    init(folder: String, model: String, prompt: SchemePrompt) {
        // 64 bits tell the few models and prompts of one casebook apart.
        path = folder + "/" + sha256Hex(Array("\(model)\0\(prompt.digest)".utf8)).prefix(16) + ".jsonl"
        var known: [String: [Claim]] = [:]
        let decoder = JSONDecoder()
        let bytes = (try? [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))) ?? []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            // A line that was cut off is as if it had not been written.
            guard let line = try? decoder.decode(Line.self, from: Data(line)) else { continue }
            known[line.passage] = line.claims
        }
        answers = Mutex(known)
    }

    /// Names a passage by its words.
    static func key(of text: String) -> String { sha256Hex(Array(text.utf8)) }

    func claims(for key: String) -> [Claim]? { answers.withLock { $0[key] } }

    /// Keeps an answer; an error where it cannot be written.
    func keep(_ claims: [Claim], for key: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A line feed before as well: a line that an interrupted run left open must not swallow this one.
        var line = [UInt8(ascii: "\n")]
        line += try encoder.encode(Line(passage: key, claims: claims))
        line.append(UInt8(ascii: "\n"))
        try answers.withLock { answers in
            answers[key] = claims
            try append(line)
        }
    }

    /// One `write` to a file opened for appending: lines of two programs do not mix.
    private func append(_ bytes: [UInt8]) throws {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw failure("\(error.localizedDescription)")
        }
        // Readable by its owner alone: the answers quote the texts.
        let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT, 0o600)
        guard descriptor >= 0 else { throw failure(unsafe String(cString: strerror(errno))) }
        defer { close(descriptor) }
        guard unsafe write(descriptor, bytes, bytes.count) == bytes.count else {
            throw failure(unsafe String(cString: strerror(errno)))
        }
    }

    private func failure(_ reason: String) -> Diagnostic {
        Diagnostic("unwritable-file", .error, file: path, "the answers cannot be kept: \(reason)")
    }
}
