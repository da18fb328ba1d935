import Foundation
import Readers
import TestSupport
import Testing
import TextModel

@Suite struct CueFileReaderTests {
    /// What stands in the one cueSet of a file, and the problems: identifier and place.
    @Test(arguments: [
        ("<class name='a'><words>b</words></class>", []),
        ("<class name='a'><words>b (c</words></class>", ["bad-pattern 2:28"]),
        ("<class name='a'><words>b</words></class><class name='a'><words>c</words></class>", ["duplicate-class 2:41"]),
        ("<class name='a'/>", ["empty-class 2:1"]),
        ("<class name='a'><words>@child</words></class>", ["unknown-class 2:17"]),
        ("<class name='a'><persons/></class>", ["empty-rule 2:17"]),
        ("<class name='a'><persons sex='X' role='r'/></class>", ["bad-value 2:17"]),
        ("<context xml:id='n' type='negatd' effect='drop'><trigger>not</trigger></context>", ["bad-value 2:1"]),
        ("<context xml:id='n' type='negated' effect='drop'/>", ["context-without-trigger 2:1"]),
        ("<context type='negated' effect='drop'><trigger>not</trigger></context>", ["missing-id 2:1"]),
        ("<concept><cue/></concept>", ["concept-without-ref 2:1"]),
        (cue("<pattern>a</pattern>"), []),
        (cue("<pattern>a..</pattern>"), ["bad-pattern 2:58"]),
        (cue("<pattern>ä  ..99 b</pattern>"), ["bad-pattern 2:60"]),
        (cue("<pattern>@x b</pattern>"), ["unknown-class 2:48"]),
        (cue("<patern>a</patern>"), ["unknown-element 2:48", "cue-without-pattern 2:19"]),
        (cue("<pattern>..3 a</pattern>"), ["bad-pattern 2:57"]),
        (cue("<pattern>_</pattern>"), ["pattern-without-word 2:48"]),
        (cue("<pattern>a ..30 b ..30 c</pattern>"), ["pattern-too-long 2:48"]),
        (cue("<pattern>a</pattern>", weight: "2"), ["bad-value 2:19"]),
        (cue("<pattern>a</pattern>", weight: "0.5' scop='passage"), ["unknown-attribute 2:19"]),
        ("<concept ref='x'><calibration slope='1'/></concept>", ["bad-calibration 2:18"]),
        ("<concept ref='x'><calibration prior='1'/></concept>", ["bad-value 2:18"]),
        (
            "<concept ref='x'><calibration><step evidence='0.5' score='0.5'/><step evidence='0.4' score='1'/></calibration></concept>",
            ["bad-calibration 2:65"]
        ),
    ])
    func `says what is wrong and where`(content: String, expected: [String]) {
        let source = "<cues xmlns='urn:casebook:cues' version='1'><cueSet xml:lang='en'>\n\(content)</cueSet></cues>"
        let (cues, diagnostics) = CueFileReader.read(Array(source.utf8), path: "a.cues.xml")
        #expect(cues != nil)
        let problems = diagnostics.filter { $0.severity == .error }
        #expect(problems.map { "\($0.identifier) \($0.location?.line ?? 0):\($0.location?.column ?? 0)" } == expected)
        #expect(diagnostics.allSatisfy { $0.advice != nil && !$0.summary.isEmpty })
    }

    private static func cue(_ content: String, weight: String = "0.5") -> String {
        "<concept ref='x'> <cue xml:id='c' weight='\(weight)'>\(content)<match>a</match><nomatch>b</nomatch></cue></concept>"
    }

    @Test(arguments: [
        ("<cues/>", "no-cue-file"), ("<TEI xmlns='urn:casebook:cues'/>", "no-cue-file"),
        ("<cues xmlns='urn:casebook:cues' version='2'/>", "newer-format"),
        ("<cues xmlns='urn:casebook:cues'/>", "newer-format"),
    ])
    func `refuses what it cannot read`(source: String, identifier: String) {
        let (cues, diagnostics) = CueFileReader.read(Array(source.utf8), path: "a.cues.xml")
        #expect(cues == nil)
        #expect(diagnostics.map(\.identifier) == [identifier])
    }

    @Test func `reads everything that a cue set can hold`() throws {
        let source = """
            <cues xmlns="urn:casebook:cues" version="1" edition="7"><cueSet xml:lang="en-GB" threshold="0.4">
            <class name="child"><words>child</words><persons relation="parent_of" side="passive" sex="F" role="Child"/></class>
            <context xml:id="n" type="negated" effect="contradict" factor="0.2" direction="either" reach="2" concepts="x y">
             <trigger>not</trigger><pseudo>not only</pseudo><end>but</end></context>
            <concept ref="x"><calibration slope="2" intercept="-1"/>
            <cue xml:id="c" weight="0.7" scope="passage" ignore="negated other-sense"><pattern>held @child</pattern>
             <needs>@child</needs><without>doll</without>
             <match>held  child</match><nomatch>no</nomatch></cue></concept></cueSet></cues>
            """
        let (cues, diagnostics) = CueFileReader.read(Array(source.utf8), path: "a.cues.xml")
        #expect(diagnostics == [])
        let file = try #require(cues)
        let set = try #require(file.set(for: "eng"))
        #expect(file.edition == "7" && set.language == "en-GB" && set.threshold == 0.4)
        #expect(
            set.classes.first?.persons == [
                PersonRule(relation: "parent_of", side: .passive, sex: .female, role: "child")
            ])
        let context = try #require(set.contexts.first)
        #expect(context.kind == .negated && context.effect == .contradict && context.direction == .either)
        #expect(context.factor == 0.2 && context.reach == 2 && context.concepts == ["x", "y"])
        #expect(context.triggers == [.word("not")] && context.terminators == [.word("but")])
        let cue = try #require(set.cues.first)
        #expect(cue.scope == .passage && cue.ignores == [.negated, .otherSense] && cue.weight == 0.7)
        #expect(cue.patterns == [.sequence([.word("held"), .memberOf("child")])])
        #expect(cue.needs == [.memberOf("child")] && cue.without == [.word("doll")])
        #expect(cue.examples.map(\.text) == ["held child", "no"])
        #expect(set.calibrations == ["x": .platt(slope: 2, intercept: -1)])
    }

    @Test(arguments: [
        ("a", ""), ("a b|c", ""), ("mother-in-law", ""), ("\"felt nothing\"?", "no word"), ("\"felt nothing\"? at", ""),
        ("[a] b (c | d)? e*", "short"),
        ("[a] b (c | d)? ef*", ""), ("", "nothing"), ("(a", "missing"), ("a)", "closes nothing"), ("a | ", "nothing"),
        ("@", "without a name"), ("\"a", "not closed"), ("\"\"", "empty"), ("a ..0 b", "limit"), ("a ... b", "limit"),
        ("a ..3", "border"), ("[a ..2] b", ""), ("a [..2 b] [..2]", "border"), ("[a]", "no word"),
        ("a & b", "means nothing"),
        ("\"a,b\"", "other than words"),
        (String(repeating: "(", count: 100) + "a", "deeply"), (String(repeating: "[", count: 9999), "deeply"),
    ])
    func `patterns are right or say what is wrong`(text: String, problem: String) {
        do throws(CuePatternParser.Problem) {
            let pattern = try CuePatternParser.parse(text)
            #expect(problem.isEmpty, "\(pattern)")
        } catch {
            #expect(!problem.isEmpty && error.summary.contains(problem), "\(error)")
            #expect(error.offset <= text.utf8.count && !error.advice.isEmpty)
        }
    }

    @Test(.enabled(if: executable("jing") != nil, "no jing"))
    func `the grammar takes the shipped cues and refuses what is not one`() throws {
        let jing = try #require(executable("jing"))
        let schema = packageRoot.appendingPathComponent("Schemas/cues.rng").path
        func validate(_ file: String) throws -> Int32 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: jing)
            process.arguments = [schema, file]
            process.standardOutput = Pipe()
            process.standardError = Pipe()
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }
        #expect(try validate(packageRoot.appendingPathComponent("Schemas/bonding.cues.xml").path) == 0)
        try withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("bad.xml")
            try Data("<cues xmlns='urn:casebook:cues' version='1'><cueSet/></cues>".utf8).write(to: file)
            #expect(try validate(file.path) != 0)
        }
    }
}
