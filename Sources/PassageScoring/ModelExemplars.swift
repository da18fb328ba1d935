import CSentenceEncoder

/// Exemplars inside a model: passages with their concepts, and where the encoder puts them.
@safe package struct ModelExemplars: @unchecked Sendable {
    package struct Exemplar: Sendable, Equatable {
        /// `bond-a-01#e1`: document and passage in `Corpus/Exemplars/`.
        package var name: String
        package var concepts: [String]
    }

    package let exemplars: [Exemplar]
    /// Rows of unit vectors × 127.
    private let vectors: UnsafePointer<Int8>
    private let width: Int
    /// Where the vectors lie: exemplars may outlive their model.
    private let memory: ModelMemory?

    /// Lines are `name<TAB>concept concept`.
    init(vectors: UnsafePointer<Int8>, in memory: ModelMemory?, width: Int, lines: [ArraySlice<UInt8>]) {
        unsafe self.vectors = unsafe vectors
        self.memory = memory
        self.width = width
        exemplars = lines.map { line in
            let columns = String(decoding: line, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false)
            return Exemplar(
                name: columns.first.map(String.init) ?? "",
                concepts: columns.dropFirst().first?.split(separator: " ").map(String.init) ?? [])
        }
    }

    /// Where the encoder puts an exemplar: a unit vector × 127.
    package func vector(_ exemplar: Int) -> [Int8] {
        unsafe Array(UnsafeBufferPointer(start: vectors + exemplar * width, count: width))
    }

    /// The exemplars nearest to the mean state of a passage, with the cosine, nearest first.
    package func nearest(to mean: [Float], count: Int) -> [(exemplar: Exemplar, cosine: Double)] {
        let rounded = unitMean(mean)
        guard rounded.contains(where: { $0 != 0 }), mean.count == width else { return [] }
        var products = [Int32](repeating: 0, count: exemplars.count)
        unsafe casebook_products(vectors, Int32(exemplars.count), Int32(width), rounded, &products)
        return products.indices.sorted { (products[$0], $1) > (products[$1], $0) }.prefix(count).map {
            (exemplars[$0], Double(products[$0]) / (127 * 127))
        }
    }
}

/// A mean state as a unit vector × 127; zero for zero.
func unitMean(_ mean: [Float]) -> [Int8] {
    let length = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0, length.isFinite else { return mean.map { _ in 0 } }
    return mean.map { Int8(($0 / length * 127).rounded()) }
}
