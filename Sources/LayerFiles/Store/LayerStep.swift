import TextModel

/// What one step works on: layers and other files as they stand now.
package struct LayerStep {
    struct Entry {
        var layer: LayerFile
        /// `nil` where there is no file yet.
        var fingerprint: FileLayer.Fingerprint?
        var diagnostics: [Diagnostic]
        var isNew = false
    }

    struct OtherFile {
        var before: [UInt8]
        var bytes: [UInt8]
        var fingerprint: FileLayer.Fingerprint
    }

    var layers: [String: Entry] = [:]
    var files: [String: OtherFile] = [:]

    /// Paths of the layers, sorted.
    package var paths: [String] { layers.keys.sorted() }

    package func layer(_ path: String) -> LayerFile? { layers[path]?.layer }

    /// Changes a layer that the step was given.
    @discardableResult
    package mutating func edit<Result>(
        _ path: String, _ change: (inout LayerFile) throws -> Result
    ) throws -> Result {
        precondition(layers[path] != nil, "the step was not given \(path)")
        return try change(
            &layers[path, default: Entry(layer: LayerFile(path: path, bytes: []), fingerprint: nil, diagnostics: [])]
                .layer)
    }

    /// Bytes of a file that is no layer.
    package subscript(file path: String) -> [UInt8]? {
        get { files[path]?.bytes }
        set { if let newValue { files[path]?.bytes = newValue } }
    }
}
