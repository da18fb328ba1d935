import TextModel

/// A matrix in 8 bits with its scales and, for a linear layer, its bias.
@safe struct QuantizedRows {
    var weights: UnsafePointer<Int8>
    var scales: UnsafePointer<Float>
    var bias: UnsafePointer<Float>?
    var outputs: Int
    var inputs: Int
}

/// Scale and shift of a layer's norm.
typealias NormPointers = (scale: UnsafePointer<Float>, shift: UnsafePointer<Float>)

/// Pointers to the tensors of a model file, their shapes checked.
@safe struct ModelTensors {
    let path: String
    let file: SafetensorsFile
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer, path: String) throws {
        self.path = path
        unsafe self.bytes = unsafe bytes
        file = try unsafe SafetensorsFile(bytes, path: path)
    }

    func has(_ name: String) -> Bool { file.has(name) }

    func damaged(_ what: String) -> Diagnostic { SafetensorsFile.damaged(path, what) }

    func start<Value>(_ range: Range<Int>, _: Value.Type) throws -> UnsafePointer<Value> {
        guard let base = unsafe bytes.baseAddress else { throw damaged("it is empty") }
        return unsafe (base + range.lowerBound).assumingMemoryBound(to: Value.self)
    }

    func floats(_ name: String, _ shape: Int...) throws -> UnsafePointer<Float> {
        try unsafe start(file.place(of: name, type: "F32", shape: shape).range, Float.self)
    }

    func rows(_ name: String, _ outputs: Int?, _ inputs: Int?, hasBias: Bool) throws -> QuantizedRows {
        let place = try file.place(of: name + ".weight", type: "I8", shape: [outputs, inputs])
        return try unsafe QuantizedRows(
            weights: start(place.range, Int8.self), scales: floats(name + ".scale", place.shape[0]),
            bias: hasBias ? floats(name + ".bias", place.shape[0]) : nil, outputs: place.shape[0],
            inputs: place.shape[1])
    }

    func norm(_ name: String, _ width: Int) throws -> NormPointers {
        unsafe (try floats(name + ".weight", width), try floats(name + ".bias", width))
    }

    func text(_ name: String) throws -> [UInt8] {
        let range = try file.place(of: name, type: "U8", shape: [nil]).range
        return unsafe Array(bytes[range])
    }
}
