import CShipped

/// Files that travel inside the program.
package enum ShippedFiles {
    /// All files of a folder, `Schemas/`, by name.
    package static func all(in folder: String) -> [(name: String, bytes: [UInt8])] {
        (0..<casebook_shipped_file_total()).compactMap { index in
            guard let file = unsafe casebook_shipped_file_at(index)?.pointee else { return nil }
            let name = unsafe String(cString: file.name)
            guard name.hasPrefix(folder) else { return nil }
            return (name, unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
        }
    }

    /// One file as text; `nil` where there is none of that name.
    package static func text(_ name: String) -> String? {
        all(in: name).first { $0.name == name }.map { String(decoding: $0.bytes, as: UTF8.self) }
    }
}
