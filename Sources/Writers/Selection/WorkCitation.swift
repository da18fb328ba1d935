package import TextModel

/// A work as sheets cite it.
package struct WorkCitation: Sendable, Equatable {
    /// "Brontë, E.", in APA's form.
    package var authors: String?
    package var date: String?
    package var title: String
    /// The edition that the file was made from.
    package var edition: String?

    package init(_ work: Work, strings: SheetStrings) {
        let names = work.authors.map(Self.shortened)
        authors = names.isEmpty ? nil : strings.list(names, conjunction: "list.ampersand")
        date = work.date
        title = Self.title(work.title)
        if let source = work.source, !source.hasPrefix(work.title), !source.contains(title) {
            edition = source.hasSuffix(".") ? String(source.dropLast()) : source
        }
    }

    /// Without what an electronic edition adds to a title.
    package static func title(_ title: String) -> String {
        for addition in [": ELTeC edition", " : ELTeC edition", ": ELTeC Edition"] where title.hasSuffix(addition) {
            return String(title.dropLast(addition.count))
        }
        return title
    }

    /// "Brontë, Emily (1818-1848)" → "Brontë, E."; a name without a comma stays as it is.
    package static func shortened(_ author: String) -> String {
        let bare = author.split(separator: "(").first.map(String.init) ?? author
        let parts = bare.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
        guard parts.count > 1, !parts[1].contains(where: \.isNumber) else { return parts.first ?? author }
        let initials = parts[1].split(separator: " ").compactMap { $0.first.map { "\($0)." } }
        return parts[0] + ", " + initials.joined(separator: " ")
    }

    /// The initials of the words that matter in a title: "Wuthering Heights" is WH, one word its first letters.
    package static func siglum(of title: String, ignoring words: Set<String>) -> String {
        // A subtitle adds nothing to an abbreviation.
        let main = Self.title(title).split(separator: ":").first ?? title[...]
        let words = main.split { !$0.isLetter && !$0.isNumber && $0 != "’" && $0 != "'" }
            .map(String.init).filter { !words.contains($0.lowercased()) }
        guard words.count > 1 else { return String((words.first ?? title).prefix(3)) }
        return words.prefix(4).compactMap { $0.first.map { String($0).uppercased() } }.joined()
    }
}

extension Substring {
    /// Without white space at both ends.
    var trimmed: String {
        var text = self
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}

extension TeachingSelection {
    /// Abbreviations of the works, all different.
    package func sigla(strings: SheetStrings) -> [String] {
        let ignored = Set(strings("index.ignored-in-titles").split(separator: " ").map(String.init))
        var taken: Set<String> = []
        return works.map { work in
            let wanted = work.siglum ?? WorkCitation.siglum(of: work.document.work.title, ignoring: ignored)
            var siglum = wanted
            var number = 2
            while !taken.insert(siglum).inserted {
                siglum = wanted + String(number)
                number += 1
            }
            return siglum
        }
    }

    /// "Casebook 0.1.0; scheme …; query …; layers …; date": enough to make the sheet again.
    package func citation(strings: SheetStrings) -> String {
        var items = [strings("sheet.made", ["version": program])]
        if let commit { items.append(strings("sheet.commit", ["commit": String(commit.prefix(10))])) }
        let title = scheme.title.isEmpty ? scheme.id : scheme.title
        items.append(
            scheme.version.map { strings("sheet.scheme", ["title": title, "version": $0]) }
                ?? strings("sheet.scheme-unversioned", ["title": title]))
        if let query { items.append(strings("sheet.query", ["query": query])) }
        if !layers.isEmpty {
            items.append(strings.counted("sheet.layers", layers.count, ["layers": strings.list(layers)]))
        }
        items.append(strings.day(date))
        return items.joined(separator: "; ") + "."
    }
}
