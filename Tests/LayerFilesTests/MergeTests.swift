import LayerFiles
import TestSupport
import Testing
import TextModel

struct MergeTests {
    let document = sampleDocument()

    func layer(_ annotator: Annotator, _ annotations: [Annotation]) throws -> LayerFile {
        var layer = LayerFile.new(
            for: document, path: "plain.\(annotator.id).xml", annotator: annotator, version: "0.1.0")
        try layer.add(annotations)
        return layer
    }

    func annotation(_ id: String, _ start: Int, _ end: Int, by creator: String, comment: String? = nil) -> Annotation {
        var annotation = Annotation(
            id: id, targets: [Target(of: piece(0, start, end, in: document), in: document, layerPath: "plain.ana.xml")])
        annotation.concepts = [ConceptReference(id: "neglect", scheme: "../Schemas/bonding.xml", version: "1.0")]
        annotation.stance = .supports
        annotation.creator = creator
        annotation.comment = comment
        annotation.created = "2026-05-01T10:00:00Z"
        return annotation
    }

    @Test func `annotations that say the same become one with both creators and both comments`() throws {
        let max = Annotator(id: "max", name: "Max Weber")
        var against = annotation("a-00000003", 9, 18, by: "max")
        against.stance = .contradicts
        var merged = try layer(
            ana,
            [
                annotation("a-00000001", 0, 8, by: "ana", comment: "Cold."), annotation("a-00000004", 9, 18, by: "ana"),
            ])
        let other = try layer(
            max,
            [
                annotation("a-00000001", 0, 8, by: "max", comment: "Not a word of love."),
                annotation("a-00000002", 2, 12, by: "max"), against,
            ])
        let receipt = try merged.merge(other)
        #expect(receipt.joined == ["a-00000001"])
        #expect(receipt.added.count == 2)
        #expect(receipt.conflicts.map(\.about) == [["stance"]])
        let (again, diagnostics) = LayerFile.read(bytes: merged.bytes, path: "plain.ana.xml")
        #expect(diagnostics.isEmpty)
        #expect(again.annotations.count == 4)
        #expect(again["a-00000001"]?.comment == "Cold.\n\nNot a word of love.")
        #expect(again["a-00000001"]?.creator == "ana")
        #expect(again["a-00000001"]?.otherCreators == ["max"])
        #expect(again.annotators == [ana, max])
        // A second time nothing is new.
        let before = merged.bytes
        #expect(try merged.merge(other).added.isEmpty)
        #expect(merged.bytes == before)
    }

    @Test func `two people who add to one file merge without a conflict`() throws {
        let base = try layer(ana, [annotation("a-00000001", 0, 8, by: "ana")])
        var ours = base
        var theirs = base
        try ours.add(annotation("a-0000000o", 9, 18, by: "ana"))
        theirs.addAnnotators([Annotator(id: "max", name: "Max Weber")])
        try theirs.add([annotation("a-0000000t", 9, 18, by: "max"), annotation("a-0000000u", 2, 8, by: "max")])
        try theirs.add([
            Decision(id: "d-00000001", verdict: .skipped, targets: ours.annotations[0].targets, concepts: [])
        ])
        let result = try ThreeWayMerge.merge(base: base.bytes, ours: ours.bytes, theirs: theirs.bytes, path: base.path)
        #expect(result.conflicts.isEmpty)
        let (merged, diagnostics) = LayerFile.read(bytes: result.bytes, path: base.path)
        #expect(diagnostics.isEmpty)
        #expect(Set(merged.annotations.map(\.id)) == ["a-00000001", "a-0000000o", "a-0000000t", "a-0000000u"])
        #expect(merged.decisions.map(\.id) == ["d-00000001"])
        #expect(merged.annotators.map(\.id) == ["ana", "max"])
    }

    @Test func `different fields of one annotation are merged, the same field is told`() throws {
        let base = try layer(ana, [annotation("a-00000001", 0, 8, by: "ana", comment: "Cold.")])
        func changed(_ change: (inout Annotation) -> Void) throws -> [UInt8] {
            var layer = base
            var annotation = layer.annotations[0]
            change(&annotation)
            try layer.replace(annotation)
            return layer.bytes
        }
        let stance = try changed { $0.stance = .ambiguous }
        let comment = try changed {
            $0.comment = "Cold, and tired."
            $0.concepts.append(
                ConceptReference(id: "parental-stress", scheme: "../Schemas/bonding.xml", version: "1.0"))
        }
        let both = try ThreeWayMerge.merge(base: base.bytes, ours: stance, theirs: comment, path: base.path)
        #expect(both.conflicts.isEmpty)
        let merged = LayerFile.read(bytes: both.bytes, path: base.path).0.annotations
        #expect(merged.count == 1)
        #expect(merged[0].stance == .ambiguous)
        #expect(merged[0].comment == "Cold, and tired.")
        #expect(merged[0].concepts.map(\.id) == ["neglect", "parental-stress"])
        let against = try changed { $0.stance = .contradicts }
        let conflict = try ThreeWayMerge.merge(base: base.bytes, ours: stance, theirs: against, path: base.path)
        #expect(conflict.conflicts.count == 1)
        #expect(
            Set(LayerFile.read(bytes: conflict.bytes, path: base.path).0.annotations.map(\.stance)) == [
                .ambiguous, .contradicts,
            ])
    }

    @Test func `what one side removed is gone unless the other changed it`() throws {
        let base = try layer(
            ana, [annotation("a-00000001", 0, 8, by: "ana"), annotation("a-00000002", 9, 18, by: "ana")])
        var ours = base
        try ours.remove(["a-00000001", "a-00000002"])
        var theirs = base
        var changed = annotation("a-00000002", 9, 18, by: "ana")
        changed.comment = "Still true."
        try theirs.replace(changed)
        for (first, second) in [(ours, theirs), (theirs, ours)] {
            let result = try ThreeWayMerge.merge(
                base: base.bytes, ours: first.bytes, theirs: second.bytes, path: base.path)
            let merged = LayerFile.read(bytes: result.bytes, path: base.path).0
            #expect(merged.annotations == [changed])
            #expect(result.conflicts.count == 1)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6])
    func `nothing that one side alone did is lost`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let base = try layer(ana, (0..<12).map { annotation("a-\(10_000_000 + $0)", $0, $0 + 4, by: "ana") })
        func edited(_ name: String, _ own: Range<Int>) throws -> LayerFile {
            var layer = base
            for index in own {
                let id = "a-\(10_000_000 + index)"
                switch Int.random(in: 0..<3, using: &random) {
                case 0: try layer.remove([id])
                case 1:
                    var annotation = annotation(id, index, index + 4, by: "ana")
                    annotation.comment = "\(name) \(index)"
                    try layer.replace(annotation)
                default: try layer.add(annotation("a-\(name)\(20_000_00 + index)", index, index + 5, by: "ana"))
                }
            }
            return layer
        }
        let ours = try edited("o", 0..<6)
        let theirs = try edited("t", 6..<12)
        let result = try ThreeWayMerge.merge(base: base.bytes, ours: ours.bytes, theirs: theirs.bytes, path: base.path)
        #expect(result.conflicts.isEmpty)
        let merged = LayerFile.read(bytes: result.bytes, path: base.path).0
        var expected = Dictionary(uniqueKeysWithValues: base.annotations.map { ($0.id, $0) })
        for side in [ours, theirs] {
            for annotation in base.annotations where side[annotation.id] == nil { expected[annotation.id] = nil }
            for annotation in side.annotations where base[annotation.id] != annotation {
                expected[annotation.id] = annotation
            }
        }
        #expect(Dictionary(uniqueKeysWithValues: merged.annotations.map { ($0.id, $0) }) == expected)
    }
}
