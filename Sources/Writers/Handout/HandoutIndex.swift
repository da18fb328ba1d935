import TextModel
import WordForms

/// The back-of-the-book index of a handout: concepts, and where they are marked on it.
///
/// Before the sheet has been set a locator is a mark, `3a`. When the pages of its places are known it is a page, and
/// pages that say the same are one: 2, 3, 3 is 2, 3; a mark that goes on over the page makes 3–4, two marks on
/// neighbouring pages stay 3, 4.
struct HandoutIndex {
    private let material: SheetMaterial
    private var strings: SheetStrings { material.strings }

    init(_ material: SheetMaterial) { self.material = material }

    /// A mark, or the marks of one annotation that goes on over several passages.
    private struct Place {
        var firstMark: String
        var anchor: String
        var pages: ClosedRange<Int>
        var passage: Int
        var stance: Stance
        var basis: Basis?
        var about: [String]
        var work: String
    }

    var entries: [SheetValue] {
        let order = HeadingOrder(
            material.options.index.alphabetization, collation: Collation(language: strings.language))
        let ignored = strings("index.ignored").split(separator: " ").map(String.init)
        let subentryOrder = HeadingOrder(
            material.options.index.alphabetization, collation: Collation(language: strings.language),
            ignoringFirst: Set(ignored))
        let concepts = material.focus + material.others
        let places = Dictionary(uniqueKeysWithValues: concepts.map { ($0.id, self.places(of: $0.id)) })
        let present = concepts.filter { places[$0.id]?.isEmpty == false }
        return present.map { concept in (concept: concept, heading: material.label(of: concept)) }
            .sorted { order.areInOrder($0.heading, $1.heading) }
            .map { concept, heading in
                let own = places[concept.id] ?? []
                let related = present.filter { concept.related.contains($0.id) }.map { material.label(of: $0) }
                    .sorted(by: order.areInOrder)
                let all = references(own)
                let isDivided = all.count > material.options.index.undivided
                let subentries =
                    isDivided ? divided(own).sorted { subentryOrder.areInOrder($0.heading, $1.heading) } : []
                return [
                    "heading": .string(heading), "references": .array(isDivided ? [] : all.markingLast()),
                    "subentries": .array(
                        subentries.map {
                            [
                                "heading": .string($0.heading),
                                "references": .array(references($0.places).markingLast()),
                            ]
                        }),
                    "seeAlso": .array(related.map { ["heading": .string($0)] }.markingLast()),
                ]
            }
    }

    /// A long row of numbers says nothing: it is divided by whom it is about; a part that is long by itself by the
    /// work, by how the marks speak, by what they rest on.
    private func divided(_ places: [Place]) -> [(heading: String, places: [Place])] {
        let general = strings("index.in-general")
        func groups(_ places: [Place], _ names: (Place) -> [String]) -> [(heading: String, places: [Place])] {
            var order: [String] = []
            for name in places.flatMap(names) where !order.contains(name) { order.append(name) }
            return order.map { name in (name, places.filter { names($0).contains(name) }) }
        }
        let finer: [(Place) -> [String]] = [
            { [$0.work] }, { [strings("stance.\($0.stance.rawValue)")] },
            { [strings("basis.\($0.basis?.rawValue ?? "unsaid")")] },
        ]
        return finer.reduce(groups(places) { $0.about.isEmpty ? [general] : $0.about }) { parts, names in
            parts.flatMap { part in
                guard references(part.places).count > material.options.index.undivided else { return [part] }
                let smaller = groups(part.places, names)
                return smaller.count == 1 ? [part] : smaller.map { (part.heading + ", " + $0.heading, $0.places) }
            }
        }
    }

    private func places(of concept: String) -> [Place] {
        var places: [Place] = []
        var ofAnnotation: [String: Int] = [:]
        for passage in material.passages {
            for mark in passage.marks {
                let anchored = material.annotation(mark, passage)
                guard anchored.annotation.concepts.contains(where: { $0.id == concept }) else { continue }
                let anchor = material.anchor(mark, passage)
                let page = material.options.pages?[anchor] ?? 0
                let key = "\(passage.work) \(anchored.qualifiedID)"
                // The same annotation in the next passage: the discussion goes on.
                if material.options.pages != nil, let index = ofAnnotation[key],
                    places[index].passage + 1 == passage.number
                {
                    places[index].pages = places[index].pages.lowerBound...max(places[index].pages.upperBound, page)
                    places[index].passage = passage.number
                    continue
                }
                let phrases = SubjectPhrases(work: material.work(of: passage), strings: strings)
                ofAnnotation[key] = places.count
                places.append(
                    Place(
                        firstMark: material.reference(mark, passage), anchor: anchor, pages: page...page,
                        passage: passage.number, stance: anchored.annotation.stance ?? .supports,
                        basis: anchored.annotation.basis, about: anchored.annotation.about.map(phrases.phrase),
                        work: material.title(of: passage)))
            }
        }
        return places
    }

    private func references(_ places: [Place]) -> [SheetValue] {
        guard material.options.pages != nil else {
            return places.map { Self.value($0.firstMark, $0.stance, $0.anchor) }
        }
        // Evidence and counter-evidence are never one number.
        let merged = Stance.allCases.flatMap { stance in
            PageLocators.merged(places.filter { $0.stance == stance }.map(\.pages)).map { ($0, stance) }
        }
        .sorted { ($0.0.lowerBound, $0.1.order) < ($1.0.lowerBound, $1.1.order) }
        return merged.map { pages, stance in
            let text = numberRange(
                String(pages.lowerBound), String(pages.upperBound), style: material.options.index.ranges)
            let first = places.first { $0.stance == stance && pages.contains($0.pages.lowerBound) }
            return Self.value(text, stance, first?.anchor ?? "")
        }
    }

    private static func value(_ text: String, _ stance: Stance, _ anchor: String) -> SheetValue {
        ["text": .string(text), "sign": .text(stance.sign), "anchor": .string(anchor)]
    }
}

/// Pages of an index.
package enum PageLocators {
    /// Stretches that share a page are one; those on neighbouring pages are not, since nothing says that the
    /// discussion goes on.
    package static func merged(_ stretches: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        var merged: [ClosedRange<Int>] = []
        for stretch in stretches.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, stretch.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, stretch.upperBound)
            } else {
                merged.append(stretch)
            }
        }
        return merged
    }

    /// Pages by name of place, from what `pdfinfo -dests` prints: `   3 [ XYZ   51  603 null] "m2a"`.
    package static func destinations(in text: String) -> [String: Int] {
        var pages: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            guard let number = words.first.flatMap({ Int($0) }), let start = line.firstIndex(of: "\""),
                let end = line.lastIndex(of: "\""), start < end
            else { continue }
            pages[String(line[line.index(after: start)..<end])] = number
        }
        return pages
    }
}
