import PassageScoring
import TestSupport
import Testing
import TextModel

@Suite struct PassageModelTests {
    @Test func readsWhatTheFileSays() throws {
        let settings = try model("tiny").settings
        #expect(settings.concepts == ["impaired-bonding", "responsive-care", "parental-anger"])
        #expect(settings.thresholds == [0.4, 0.5, 0.5])
        #expect(settings.calibration.map(\.slope) == [2, 1, 1])
        #expect(settings.calibration.map(\.intercept) == [0.5, 0, 0])
        #expect(settings.maximumTokens == 64)
    }

    @Test func exemplarsAreReadAndOutliveTheirModel() throws {
        let exemplars = try #require(try model("marked").exemplars)
        #expect(exemplars.exemplars[1].name == "exemplar#e1")
        #expect(exemplars.exemplars[1].concepts == ["responsive-care"])
        var vector = [Float](repeating: 0, count: 64)
        vector[2] = 3
        vector[0] = 1
        let nearest = exemplars.nearest(to: vector, count: 2)
        #expect(nearest.map(\.exemplar.name) == ["exemplar#e2", "exemplar#e0"])
        #expect(abs(nearest[0].cosine - 0.949) < 0.01)
    }

    @Test func anotherFormIsRefused() throws {
        var bytes = try fixture("tiny.safetensors")
        let name = Array("passage-model 1".utf8)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
        bytes[place + name.count - 1] = UInt8(ascii: "2")
        let error = #expect(throws: Diagnostic.self) { try PassageModel.read(bytes, path: "model") }
        #expect(error?.identifier == "model-format")
        #expect(error?.summary.contains("casebook-passage-model 2") == true)
    }

    @Test func anythingElseIsAClearError() throws {
        for bytes in [[], [1, 2, 3], [UInt8](repeating: 255, count: 100), Array("{\"a\":1}          ".utf8)] {
            let error = #expect(throws: Diagnostic.self) { try PassageModel.read(bytes, path: "model") }
            #expect(error?.identifier == "damaged-model")
        }
        let whole = try fixture("tiny.safetensors")
        for length in stride(from: 0, to: whole.count, by: 997) {
            #expect(throws: Diagnostic.self) { try PassageModel.read(Array(whole[..<length]), path: "model") }
        }
    }

    @Test func aDamagedHeaderNeverCrashes() throws {
        let whole = try fixture("marked.safetensors")
        var generator = SeededGenerator(seed: 5)
        var refused = 0
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<3000, using: &generator)] = UInt8.random(in: 32..<127, using: &generator)
            }
            do {
                let model = try PassageModel.read(bytes, path: "model")
                _ = EncoderMemory(model).encode([2, 5, 3], starts: [0, 3])
            } catch {
                refused += 1
            }
        }
        #expect(refused > 200)
    }
}
