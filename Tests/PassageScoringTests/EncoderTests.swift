import CSentenceEncoder
import PassageScoring
import TestSupport
import Testing

@Suite struct EncoderTests {
    private let kernels = [casebook_kernel_plain, casebook_kernel_avx2, casebook_kernel_vnni]

    private func ids(_ texts: [String], _ model: PassageModel) -> (ids: [Int32], starts: [Int32]) {
        var tokenizer = WordPieceTokenizer(model.vocabulary)
        var ids: [Int32] = []
        var starts: [Int32] = [0]
        for text in texts {
            let bytes = Array(text.utf8)
            tokenizer.append(bytes, 0..<bytes.count, limit: model.settings.maximumTokens, to: &ids)
            starts.append(Int32(ids.count))
        }
        return (ids, starts)
    }

    @Test func agreesWithPyTorch() throws {
        let model = try model("tiny")
        let memory = EncoderMemory(model)
        for reference in try Reference.all() {
            let (ids, starts) = ids([reference.text], model)
            let output = try #require(memory.encode(ids, starts: starts).first)
            let similarity = cosine(output.mean, reference.mean)
            // What 8 bits leave of floats.
            #expect(similarity > 0.995, "\(reference.text): \(similarity)")
            for (ours, theirs) in zip(output.logits, reference.logits) {
                #expect(abs(ours - theirs) < 0.5, "\(reference.text): \(output.logits) for \(reference.logits)")
            }
        }
    }

    @Test func eachLogitIsCorrectedByAll() throws {
        let (plain, stacked) = (try model("tiny"), try model("stacked"))
        let correction = try StackingReference.read()
        let (ids, starts) = ids(try Reference.all().map(\.text), plain)
        let before = EncoderMemory(plain).encode(ids, starts: starts)
        let after = EncoderMemory(stacked).encode(ids, starts: starts)
        #expect(Set(before.map(\.logits)).count > 20)
        for (before, after) in zip(before, after) {
            for concept in before.logits.indices {
                let sum = zip(correction.weights[concept], before.logits).reduce(0) { $0 + $1.0 * $1.1 }
                let expected = before.logits[concept] + sum + correction.bias[concept]
                #expect(abs(after.logits[concept] - expected) < 0.001)
            }
            #expect(after.mean == before.mean)
            #expect(after.marks == before.marks)
        }
    }

    @Test func kernelsGiveTheSameBits() throws {
        let model = try model("tiny")
        let (ids, starts) = ids(try Reference.all().map(\.text), model)
        let outputs = kernels.filter { casebook_has_kernel($0) != 0 }.map {
            EncoderMemory(model, kernel: $0).encode(ids, starts: starts)
        }
        #expect(outputs[0].count == starts.count - 1)
        for other in outputs.dropFirst() { #expect(other == outputs[0]) }
    }

    @Test func aTextScoresAloneAsInABatch() throws {
        let model = try model("tiny")
        let texts = try Reference.all().map(\.text)
        let memory = EncoderMemory(model)
        let (ids, starts) = ids(texts, model)
        let batch = memory.encode(ids, starts: starts)
        for (index, text) in texts.enumerated() {
            let (ids, starts) = self.ids([text], model)
            #expect(memory.encode(ids, starts: starts) == [batch[index]])
        }
    }

    @Test func threadsShareAModel() async throws {
        let model = try model("tiny")
        let (ids, starts) = ids(try Reference.all().map(\.text), model)
        let expected = EncoderMemory(model).encode(ids, starts: starts)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { EncoderMemory(model).encode(ids, starts: starts) == expected } }
            for await same in group { #expect(same) }
        }
    }

    private func cosine(_ a: [Float], _ b: [Float]) -> Float {
        func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
    }
}
