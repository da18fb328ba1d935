import TextModel
import WordForms

/// Finds passages that name someone of a family: the cheap sieve before the encoder.
///
/// Keeps a lexicon; one instance belongs to one task.
struct FamilySieve: ~Copyable {
    private var lexicon = Lexicon(language: "en")
    private var tokens: [Token] = []
    /// Word number → is it one of the words; as far as words have been met.
    private var isFamily: [Bool] = []

    /// Stems decide: plurals and the like need not stand here.
    private static let words = """
        adopt aunt babe baby bairn birth born boy breastfeed brother child childhood children childless cradle crib
        dad daddy darling daughter diaper dad family father fatherhood fatherless foster girl godchild godfather
        godmother grandchild granddaughter grandfather grandma grandmother grandpa grandparent grandson guardian heir
        infant infancy kid kindergarten lad lass ma mama mamma mammy maternal maternity midwife miscarriage mom mommy
        mother motherhood motherless mum mummy mumsy nanny nappy newborn niece nephew nurse nursemaid nursery nursling
        offspring orphan pa papa parent parental parenthood paternal paternity playground pram pregnancy pregnant
        pupil schoolboy schoolgirl sibling sister son sonny stepchild stepdaughter stepfather stepmother stepson
        stillborn stroller suckle teenager toddler triplet twin uncle unborn urchin ward wean womb youngster
        """
    private let stems: Set<Int32>

    init() {
        var stems: Set<Int32> = []
        for word in Self.words.split(whereSeparator: \.isWhitespace) { stems.insert(lexicon.stem(of: String(word))) }
        self.stems = stems
    }

    mutating func passes(_ passage: Passage, in document: Document) -> Bool {
        tokens.removeAll(keepingCapacity: true)
        Tokenizer.tokens(of: passage, in: document, lexicon: &lexicon, into: &tokens)
        while isFamily.count < lexicon.forms.count {
            isFamily.append(stems.contains(lexicon.forms[isFamily.count].stem))
        }
        return tokens.contains { isFamily[Int($0.word)] }
    }
}
