import TextModel

extension TeachingSelection {
    /// Cites pages of one edition, in the works that have pages of several; false where no work has any of it.
    ///
    /// `name` is as people write it, “Oxford, 2026”, or as `pb/@ed` has it, which `key` makes of it.
    package mutating func choose(edition name: String, key: (String) -> String) -> Bool {
        var isFound = false
        let wanted = key(name)
        for index in works.indices {
            let pages = works[index].document.pages
            guard pages.contains(where: { $0.edition.map { $0 == name || key($0) == wanted } ?? false }) else {
                continue
            }
            isFound = true
            works[index].document.pages = pages.filter { $0.edition.map { $0 == name || key($0) == wanted } ?? false }
            // The edition that is cited is the one whose pages are printed.
            let known = works[index].document.work.notes.first { $0.type == "edition" && key($0.text) == wanted }
            if let known { works[index].document.work.source = known.text }
        }
        return isFound
    }

    /// Editions whose pages the works have, as `pb/@ed` names them.
    package var editions: [String] {
        Set(works.flatMap { $0.document.pages.compactMap(\.edition) }).sorted()
    }
}
