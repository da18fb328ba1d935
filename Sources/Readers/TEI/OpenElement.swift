/// An element whose end tag has not come yet.
struct OpenElement {
    /// Which part of the file an element lies in.
    enum Region {
        case corpus, corpusHeader, tei, header, encoding, standOff
        /// Kept as a tree: what the work is read from.
        case tree
        case text
        case skipped
    }

    /// What an element inherits from those around it.
    struct State: OptionSet {
        let rawValue: UInt16
        static let hidden = State(rawValue: 1)
        static let deleted = State(rawValue: 2)
        static let inNote = State(rawValue: 4)
        static let inSpeech = State(rawValue: 8)
        static let inStage = State(rawValue: 16)
        /// In `front`.
        static let inFront = State(rawValue: 32)
        /// Title page, cast list, table of contents.
        static let isFrontMatter = State(rawValue: 64)
        static let inDescription = State(rawValue: 128)
    }

    let name: Int32
    let element: TEIElement
    let traits: TEIElement.Traits
    var region = Region.skipped
    /// Among the siblings of the same name, from 1.
    var position: Int32 = 1
    /// Index in the document's elements, -1 while there is none.
    var record: Int32 = -1
    var rawStart: Int32 = 0
    var state: State = []
    var isUnit = false
    /// Index in the document's languages.
    var language: Int32 = 0
    /// Innermost part, an index in the document's parts; -1 outside all of them.
    var part: Int32 = -1
    var opensPart = false
    /// Index in the document's speeches and mentions.
    var speech: Int32 = -1
    var mention: Int32 = -1
    var opensBranches = false
    var isBranch = false
    /// Something that the reader does not apply.
    var noteworthy = false

    init(name: Int32, element: TEIElement, traits: TEIElement.Traits) {
        self.name = name
        self.element = element
        self.traits = traits
    }
}

/// Numbers elements among their siblings of the same name.
///
/// For each name a stack of counts, one for each depth at which the name is being counted: a look-up is the top of
/// one stack however many names and siblings there are.
struct SiblingCounts {
    private var stacks: [[(depth: Int32, count: Int32)]] = []
    /// Names counted among the children of each open element, so that they can be forgotten with it.
    private var counted: [[Int32]] = [[]]

    /// Number of an element that starts at a depth.
    mutating func count(_ name: Int32, depth: Int32) -> Int32 {
        while stacks.count <= Int(name) { stacks.append([]) }
        while counted.count <= Int(depth) + 1 { counted.append([]) }
        if let last = stacks[Int(name)].last, last.depth == depth {
            stacks[Int(name)][stacks[Int(name)].count - 1].count += 1
            return last.count + 1
        }
        stacks[Int(name)].append((depth, 1))
        counted[Int(depth)].append(name)
        return 1
    }

    /// Forgets the children of an element that ends at a depth.
    mutating func close(depth: Int32) {
        let children = Int(depth) + 1
        guard children < counted.count else { return }
        for name in counted[children] { stacks[Int(name)].removeLast() }
        counted[children].removeAll(keepingCapacity: true)
    }
}
