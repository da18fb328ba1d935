/// What queries call a work: the name of its file, with `#fragment` inside a corpus of several.
///
/// `document` is ``Document/name``.
func workName(of path: String, document: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let stem = file.hasSuffix(".xml") ? String(file.dropLast(4)) : file
    return document.hasPrefix(path) ? stem + document.dropFirst(path.count) : stem
}
