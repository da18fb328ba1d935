import Readers
import TestSupport
import Testing
import TextModel

@Suite struct DelimitedTableTests {
    private func cells(_ text: String) throws -> [[String]] {
        try DelimitedTable.read(Array(text.utf8), file: "t.csv").rows.map { $0.map(\.text) }
    }

    @Test func `the separator is the one of the first line`() throws {
        #expect(try cells("a,b;c\n1,2;3\n") == [["a", "b;c"], ["1", "2;3"]])
        #expect(try cells("a;b\n1,5;2\n") == [["a", "b"], ["1,5", "2"]])
        #expect(try cells("a\tb\n1,5\t2") == [["a", "b"], ["1,5", "2"]])
        #expect(try cells("\"a;b\",c\n") == [["a;b", "c"]])
    }

    @Test func `quotation marks hold separators, line breaks and themselves`() throws {
        #expect(try cells("a,b\r\n\"x, \"\"y\"\"\r\nz\",2\r\n") == [["a", "b"], ["x, \"y\" z", "2"]])
        #expect(try cells("\u{FEFF}a,b\n,\n1,2\n\n") == [["a", "b"], ["1", "2"]])
    }

    @Test func `a cell knows where it begins`() throws {
        let table = try DelimitedTable.read(Array("a,b\n\"x\ny\",é,z\n".utf8), file: "t.csv")
        #expect(
            table.rows[1].map(\.location) == [
                SourceLocation(line: 2, column: 1), SourceLocation(line: 3, column: 4),
                SourceLocation(line: 3, column: 6),
            ])
    }

    @Test func `what is not closed or not UTF-8 is an error`() {
        #expect(throws: Diagnostic.self) { try cells("a,\"b\n") }
        #expect(throws: Diagnostic.self) { try DelimitedTable.read([0x61, 0xE9, 0x2C], file: "t.csv") }
    }

    /// What our writer writes, whatever is in it, is read back.
    @Test func `any table survives writing and reading`() throws {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("ab,;\"\t é“")
        for _ in 0..<200 {
            let rows = (0..<3).map { _ in
                (0..<4).map { _ in
                    "x"
                        + String(
                            (0..<Int.random(in: 0..<6, using: &generator)).map { _ in
                                alphabet.randomElement(using: &generator) ?? "a"
                            }) + "x"
                }
            }
            var text = "h1,h2,h3,h4\n"
            for row in rows {
                text += row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
            }
            #expect(try cells(text).dropFirst().map { $0 } == rows.map { $0.map(collapsedWhiteSpace) })
        }
    }
}
