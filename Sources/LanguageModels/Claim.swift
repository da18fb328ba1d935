package import TextModel

/// What a model says of a passage, as it said it: nothing here is checked.
struct Claim: Codable, Sendable, Equatable {
    var concept: String
    var quote: String
    var stance: String?
    var confidence: Double?
    var reason: String?

    private enum CodingKeys: String, CodingKey { case concept, quote, stance, confidence, reason }

    init(
        concept: String, quote: String, stance: String? = nil, confidence: Double? = nil,
        reason: String? = nil
    ) {
        self.concept = concept
        self.quote = quote
        self.stance = stance
        self.confidence = confidence
        self.reason = reason
    }

    /// Models leave keys out and write numbers as words: only concept and quote are needed.
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        concept = try values.decode(String.self, forKey: .concept)
        quote = try values.decode(String.self, forKey: .quote)
        stance = try? values.decodeIfPresent(String.self, forKey: .stance)
        reason = try? values.decodeIfPresent(String.self, forKey: .reason)
        confidence =
            (try? values.decodeIfPresent(Double.self, forKey: .confidence))
            ?? (try? values.decodeIfPresent(String.self, forKey: .confidence)).flatMap { Double($0) }
    }
}

/// A claim whose concept the scheme has and whose words stand in the passage.
package struct CheckedClaim: Sendable, Equatable {
    package var concept: String
    /// Bytes of the passage's reading text.
    package var range: ByteRange
    /// The model's own confidence, 0…1.
    package var confidence: Double
    package var stance: Stance
    package var reason: String
}
