import TextModel

extension DocumentBuilder {
    /// The document once its text is read: passages in order, parts labelled, calls and paragraphs numbered.
    ///
    /// Units end in another order than their first characters come (a note ends before the paragraph around it), so
    /// what was collected is sorted once, here.
    consuming func finished() -> Document {
        releaseUnits()
        closed.removeAll { $0.isHidden || $0.order < 0 }
        let isSorted = zip(closed, closed.dropFirst()).allSatisfy { $0.order < $1.order }
        if isSorted, closed.last?.passage.reading.end ?? 0 == Int32(document.reading.count) {
            document.passages = closed.map(\.passage)
        } else {
            closed.sort { $0.order < $1.order }
            rearrange()
        }
        linkUnits()
        labelParts()
        numberParagraphs()
        return document
    }

    /// Copies readings, runs and pieces into the order of the passages.
    private mutating func rearrange() {
        let old = document
        document.reading = []
        document.reading.reserveCapacity(old.reading.count)
        document.runs = []
        document.runs.reserveCapacity(old.runs.count)
        document.ownPieces = []
        document.ownPieces.reserveCapacity(old.ownPieces.count)
        document.passages = []
        document.passages.reserveCapacity(closed.count)
        document.lineEndHyphens = []
        let hyphens = old.lineEndHyphens
        let oldCalls = calls
        calls = []
        for unit in closed {
            var passage = unit.passage
            let shift = Int32(document.reading.count) - passage.reading.start
            let firstRun = Int32(document.runs.count)
            let firstPiece = Int32(document.ownPieces.count)
            document.reading += old.reading[passage.reading.indices]
            for run in old.runs[Int(passage.runs.lowerBound)..<Int(passage.runs.upperBound)] {
                document.runs.append(ReadingRun(reading: run.reading + shift, raw: run.raw, isCopied: run.isCopied))
            }
            document.ownPieces += old.ownPieces[Int(passage.own.lowerBound)..<Int(passage.own.upperBound)]
            for hyphen in slice(hyphens, of: passage.reading, { $0 }) {
                document.lineEndHyphens.append(hyphen + shift)
            }
            // A call may stand at the very end of its passage, where the next one starts.
            for call in slice(oldCalls, of: ByteRange(passage.reading.start, passage.reading.end + 1), { $0.reading })
            where unitParents[Int(call.note)] == unit.serial {
                calls.append(OpenCall(reading: call.reading + shift, note: call.note, mark: call.mark))
            }
            passage.reading.start += shift
            passage.reading.end += shift
            passage.runs = firstRun..<Int32(document.runs.count)
            passage.own = firstPiece..<Int32(document.ownPieces.count)
            document.passages.append(passage)
        }
    }

    /// Elements of a sorted array whose offsets lie in a range.
    private func slice<Element>(
        _ array: [Element], of range: ByteRange, _ offset: (Element) -> Int32
    ) -> ArraySlice<Element> {
        func first(atLeast wanted: Int32) -> Int {
            var low = 0
            var high = array.count
            while low < high {
                let middle = (low + high) / 2
                if offset(array[middle]) < wanted { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return array[first(atLeast: range.start)..<first(atLeast: range.end)]
    }

    /// Finds for each passage the one around it, and for each call the first passage of its note.
    private mutating func linkUnits() {
        var passageOfUnit = [Int32](repeating: -1, count: unitParents.count)
        for (index, unit) in closed.enumerated() { passageOfUnit[Int(unit.serial)] = Int32(index) }
        for index in closed.indices {
            var around = unitParents[Int(closed[index].serial)]
            while around >= 0, passageOfUnit[Int(around)] < 0 { around = unitParents[Int(around)] }
            document.passages[index].enclosing = around < 0 ? -1 : passageOfUnit[Int(around)]
        }
        // A note whose words stand in paragraphs of its own is called by the first of them.
        var firstInUnit = passageOfUnit
        for index in closed.indices.reversed() {
            var unit = closed[index].serial
            while unit >= 0 {
                firstInUnit[Int(unit)] = Int32(index)
                unit = unitParents[Int(unit)]
            }
        }
        document.noteCalls = calls.compactMap { call in
            let note = firstInUnit[Int(call.note)]
            return note < 0 ? nil : NoteCall(reading: call.reading, note: note, mark: call.mark)
        }
    }

    /// Labels each part by `@n`, the numeral in its head, or its number among its siblings of the same type.
    private mutating func labelParts() {
        struct Place: Hashable {
            var parent: Int32
            var container: Int32
        }
        struct Level: Hashable {
            var place: Place
            var type: String?
        }
        var siblings: [Place: Int] = [:]
        var ordinals: [Level: Int] = [:]
        for index in document.parts.indices {
            let part = document.parts[index]
            let place = Place(parent: part.parent, container: partNotes[index].container)
            siblings[place, default: 0] += 1
            ordinals[Level(place: place, type: part.type), default: 0] += 1
            if let number = partNotes[index].number, !number.isEmpty {
                document.parts[index].label = number
            } else if let numeral = part.head.flatMap({ HeadNumeral.number(in: $0) }) {
                document.parts[index].label = String(numeral)
            } else {
                document.parts[index].label = String(ordinals[Level(place: place, type: part.type)] ?? 1)
            }
        }
        for index in document.parts.indices {
            let place = Place(parent: document.parts[index].parent, container: partNotes[index].container)
            document.parts[index].isOnlyOne = siblings[place] == 1
        }
    }

    /// Counts text, verse and speech in each innermost part.
    private mutating func numberParagraphs() {
        var counts = [Int32](repeating: 0, count: document.parts.count + 1)
        for index in document.passages.indices where document.passages[index].kind.isCounted {
            let part = Int(document.passages[index].part) + 1
            counts[part] += 1
            document.passages[index].paragraph = counts[part]
        }
    }
}
