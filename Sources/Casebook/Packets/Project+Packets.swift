import Foundation
package import QueryLanguage
package import SearchIndex
package import TextModel
package import Writers

extension Project {
    /// Names of the packets, sorted.
    package func packetNames() -> [String] {
        FileSystem.files(in: path(of: Packet.folder), extensions: ["yml"])
            .map { String($0.dropLast(".yml".count)) }.filter(Packet.isValid)
    }

    /// Reads a packet.
    ///
    /// - Throws: a `Diagnostic` where there is none of that name, or where its format is newer than this program.
    package func packet(named name: String) throws -> (packet: Packet, diagnostics: [Diagnostic]) {
        let file = Packet.path(of: name)
        guard Packet.isValid(name: name), FileSystem.exists(path(of: file)) else {
            let near = nearestNames(to: name, among: packetNames()).first
            throw Diagnostic(
                "not-found", .error, file: file, "no such packet",
                advice: near.map { "Did you mean “\($0)”?" } ?? "`casebook packet list` names those there are.")
        }
        let text = String(decoding: try FileSystem.read(path(of: file), as: file), as: UTF8.self)
        let (packet, diagnostics) = Packet.read(text, name: name)
        if let newer = diagnostics.first(where: { $0.identifier == "newer-format" }) { throw newer }
        return (packet, diagnostics)
    }

    /// Writes a new packet; the path of its file from the casebook.
    ///
    /// `query` is written as it is; with `hits` their passages are picked one by one instead. Refuses a name that is
    /// taken, or that is none.
    package func newPacket(named name: String, title: String?, query: String?, hits: [Hit]?) throws -> String {
        let file = Packet.path(of: name)
        guard Packet.isValid(name: name) else {
            throw Diagnostic(
                "bad-name", .error, file: file, "“\(name)” is no name for a packet",
                advice: "A name has letters, digits, -, _ and . only.")
        }
        guard !FileSystem.exists(path(of: file)) else {
            throw Diagnostic(
                "is-there", .error, file: file, "there is such a packet already", advice: "Nothing was changed.")
        }
        var picks: [Packet.Place] = []
        if let hits {
            let selection = try selection(of: hits, query: nil, date: "").selection
            for work in selection.works {
                picks += work.passages.map {
                    Self.place(of: $0, in: work.document, named: shortName(of: work.document))
                }
            }
        }
        let plain = name.replacing("-", with: " ").replacing("_", with: " ")
        let text = PacketFile.text(
            title: title ?? plain.prefix(1).uppercased() + plain.dropFirst(), query: query, picks: picks)
        try FileSystem.write(Array(text.utf8), to: path(of: file))
        return file
    }

    // MARK: - Selection

    /// The passages of a packet with all that it adds to them. The index is asked for only by a query.
    package func selection(
        for packet: Packet, date: String, index: () throws -> CorpusIndex
    ) throws -> (selection: TeachingSelection, diagnostics: [Diagnostic]) {
        var (selection, diagnostics) =
            packet.passages.isEmpty
            ? try queried(packet, date: date, index: index) : try picked(packet, date: date)
        if !packet.concepts.isEmpty {
            selection.concepts = try packet.concepts.map { try concept($0, of: selection.scheme, in: packet).id }
            selection.exactConcepts = []
        }
        selection.title = packet.title
        selection.audience = packet.audience
        selection.moment = packet.moment
        selection.language = packet.language ?? configuration.language
        selection.help = packet.help
        selection.plan.course = packet.course
        selection.plan.day = packet.day
        selection.plan.aims = packet.aims
        selection.plan.prompts = packet.prompts
        selection.plan.unknown = packet.unknown
        selection.plan.rivals = packet.rivals
        selection.plan.minutes = packet.minutes
        selection.plan.fields = packet.fields
        selection.plan.links = try packet.links.map { link in
            ProposedLink(
                from: try concept(link.from, of: selection.scheme, in: packet, at: link.location).id,
                towards: try concept(link.towards, of: selection.scheme, in: packet, at: link.location).id,
                reader: link.reader,
                place: try place(link.place, in: selection.works, packet, at: link.location, &diagnostics))
        }
        try addReplacements(of: packet, to: &selection, &diagnostics)
        return (selection, diagnostics)
    }

    /// What the teacher wants read in place of passages with a content: a passage of the sheets, or one elsewhere.
    private func addReplacements(
        of packet: Packet, to selection: inout TeachingSelection, _ diagnostics: inout [Diagnostic]
    ) throws {
        for (tag, replacement) in packet.replacements.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            var works = selection.works
            if !works.contains(where: { isNamed($0.document, replacement.place.work) }) {
                let file = try textFile(of: replacement.place, in: packet, at: replacement.location)
                works += try selectedWorks(named: file, layers: Set(packet.layers), &diagnostics)
            }
            let place = try place(replacement.place, in: works, packet, at: replacement.location, &diagnostics)
            let work = works[place.work]
            let tags = work.annotations.filter { $0.pieces.contains { $0.passage == place.passage } }
                .reduce(into: Set<ContentTag>()) { $0.formUnion(selection.contentTags(of: $1)) }
            if tags.contains(tag) {
                diagnostics.append(
                    Diagnostic(
                        "sensitive-replacement", .warning, file: packet.path, at: replacement.location,
                        "this passage needs the warning “\(tag.rawValue)” itself",
                        advice: "Name one that can be read by whoever skips the others."))
            }
            if selection.places.contains(place) {
                selection.plan.replacements[tag] = .passage(place)
            } else {
                let document = work.document
                let passage = document.passages[Int(place.passage)]
                let strings = SheetStrings(language: selection.language)
                let locator = document.locator(for: passage.raw, in: place.passage).label
                selection.plan.replacements[tag] = .elsewhere(
                    strings.quoted(WorkCitation.title(document.work.title)) + ", " + locator)
            }
        }
    }

    private func isNamed(_ document: Document, _ name: String) -> Bool {
        shortName(of: document) == Self.stem(of: Self.lastComponent(of: name)) || document.name == name
    }

    /// The document's name, for a place that a packet names.
    ///
    /// - Throws: a `Diagnostic` at the place.
    private func textFile(
        of place: Packet.Place, in packet: Packet, at location: SourceLocation?
    ) throws -> String {
        do {
            let (file, fragment) = try textFile(named: place.work, from: folder)
            return file + (fragment.map { "#" + $0 } ?? "")
        } catch var diagnostic as Diagnostic {
            diagnostic.file = packet.path
            diagnostic.location = location
            diagnostic.summary = "no such text: \(place.work)"
            throw diagnostic
        }
    }

    private func queried(
        _ packet: Packet, date: String, index: () throws -> CorpusIndex
    ) throws -> (TeachingSelection, [Diagnostic]) {
        guard let text = packet.query else {
            throw Diagnostic(
                "empty-packet", .error, file: packet.path, "neither a query nor passages",
                advice: "Write `query: …`, or `passages:` with `- at: love-story#p5`.")
        }
        let index = try index()
        let query = try QueryResolver.resolve(text, names: queryNames(index))
        return try selection(
            of: try index.hits(of: query, queryOptions), query: query, layers: Set(packet.layers), date: date)
    }

    private func picked(_ packet: Packet, date: String) throws -> (TeachingSelection, [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        var works: [SelectedWork] = []
        var sequence: [PassagePlace] = []
        var headnotes: [PassagePlace: String] = [:]
        var indices: [String: Int] = [:]
        for pick in packet.passages {
            let name = try textFile(of: pick.place, in: packet, at: pick.location)
            if indices[name] == nil,
                let work = try selectedWorks(named: name, layers: Set(packet.layers), &diagnostics).first
            {
                indices[name] = works.count
                works.append(work)
            }
            guard let index = indices[name] else { continue }
            if pick.place.element == nil {
                let chosen = works[index].document.passages.indices.filter {
                    works[index].document.passages[$0].kind.isSearched
                }
                sequence += chosen.map { PassagePlace(work: index, passage: Int32($0)) }
            } else {
                let place = try place(pick.place, in: works, packet, at: pick.location, &diagnostics, work: index)
                headnotes[place] = pick.headnote
                sequence.append(place)
            }
        }
        var seen: Set<PassagePlace> = []
        sequence = sequence.filter { seen.insert($0).inserted }
        for index in works.indices { works[index].passages = sequence.filter { $0.work == index }.map(\.passage) }
        var selection = try selection(of: works, date: date, &diagnostics)
        selection.sequence = sequence
        selection.plan.headnotes = headnotes
        return (selection, diagnostics)
    }

    private func concept(
        _ name: String, of scheme: ConceptScheme, in packet: Packet, at location: SourceLocation? = nil
    ) throws -> Concept {
        if let concept = scheme[name] ?? scheme.concept(labelled: name) { return concept }
        let near = nearestNames(to: name, among: scheme.concepts.map(\.id)).first
        throw Diagnostic(
            "unknown-concept", .error, file: packet.path, at: location, "no concept “\(name)”",
            advice: near.map { "Did you mean “\($0)”?" } ?? "`casebook concepts` lists them.")
    }

    // MARK: - Places

    /// The passage that a place means: by its pointer, else by its first words, which may have moved.
    private func place(
        _ place: Packet.Place, in works: [SelectedWork], _ packet: Packet, at location: SourceLocation?,
        _ diagnostics: inout [Diagnostic], work: Int? = nil
    ) throws -> PassagePlace {
        let candidates = works.indices.filter { index in
            work.map { $0 == index } ?? isNamed(works[index].document, place.work)
        }
        for index in candidates {
            let document = works[index].document
            let pointed = place.element.flatMap { element in
                document.passages.firstIndex { passage in
                    element.hasPrefix("/")
                        ? document.path(ofElement: passage.element) == element
                        : document.elements[Int(passage.element)].id == element
                }
            }
            guard let begins = place.begins else {
                if let pointed { return PassagePlace(work: index, passage: Int32(pointed)) }
                continue
            }
            if let pointed, document.readingText(document.passages[pointed]).hasPrefix(begins) {
                return PassagePlace(work: index, passage: Int32(pointed))
            }
            let found = document.passages.indices.filter {
                document.readingText(document.passages[$0]).hasPrefix(begins)
            }
            guard found.count == 1 else { continue }
            diagnostics.append(
                Diagnostic(
                    "moved-passage", .warning, file: packet.path, at: location,
                    "the passage that begins “\(begins)” is not at \(place.element ?? "its place") any more; it was found by its words",
                    advice:
                        "Write `at: \(place.work)#\(Self.place(of: Int32(found[0]), in: document, named: place.work).element ?? "")`."
                ))
            return PassagePlace(work: index, passage: Int32(found[0]))
        }
        let isNumber = place.element?.hasPrefix("p.") == true
        throw Diagnostic(
            "passage-not-found", .error, file: packet.path, at: location,
            "no passage \(place.element.map { "“\($0)” " } ?? "")in \(place.work)"
                + (place.begins.map { ", nor one alone that begins “\($0)”" } ?? ""),
            advice: isNumber
                ? "Names like p.17 shift when the text changes: `casebook packet new NAME QUERY --pick` writes lasting ones."
                : nil)
    }

    private static func place(of passage: Int32, in document: Document, named work: String) -> Packet.Place {
        let element = document.passages[Int(passage)].element
        let text = document.readingText(document.passages[Int(passage)])
        // Five words tell passages apart, and say to a reader of the file which one it is.
        let begins = text.split(separator: " ").prefix(5).joined(separator: " ")
        return Packet.Place(
            work: work, element: document.elements[Int(element)].id ?? document.path(ofElement: element), begins: begins
        )
    }

    /// `love-story` of `Corpus/love-story.xml`.
    private func shortName(of document: Document) -> String { Self.stem(of: Self.lastComponent(of: document.path)) }
}
