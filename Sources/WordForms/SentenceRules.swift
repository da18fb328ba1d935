/// What ends a sentence and what does not: the rules and word lists behind ``SentenceBorders``.
enum SentenceRules {
    /// Rules for ICU's break iterator, after UAX #29 with two changes.
    ///
    /// - A mark of any kind, with what closes it, ends nothing before a small letter: UAX #29 says so of the full
    ///   stop only, and cuts `"Oh!" | she cried`.
    /// - Ends of lines and paragraphs are white space: the line of a poem is no sentence.
    static let borders = """
        $Joined = [\\p{Sentence_Break = Extend}\\p{Sentence_Break = Format}];
        $Space = [\\p{Sentence_Break = Sp}\\p{Sentence_Break = Sep}\\p{Sentence_Break = CR}\\p{Sentence_Break = LF}];
        $Stop = [\\p{Sentence_Break = ATerm}];
        $Mark = [\\p{Sentence_Break = ATerm}\\p{Sentence_Break = STerm}];
        $Close = [\\p{Sentence_Break = Close}];
        $Lower = [\\p{Sentence_Break = Lower}];
        $Upper = [\\p{Sentence_Break = Upper}];
        $Digit = [\\p{Sentence_Break = Numeric}];
        $Continue = [\\p{Sentence_Break = SContinue}];
        $Letter = [$Lower $Upper \\p{Sentence_Break = OLetter}];
        $NoMark = [^$Mark];
        $NoLetter = [^$Mark $Letter];
        $Marks = $Mark $Joined* (($Close | $Space | $Joined)* $Mark $Joined*)*;
        $Closed = $Marks ($Close $Joined*)* ($Space $Joined*)*;
        # No border: 3.14; U.S.A; a small letter or a comma follows.
        $Open = $Stop $Joined* $Digit
            | ($Lower | $Upper) $Joined* $Stop $Joined* $Upper
            | $Closed $NoLetter* $Lower
            | $Closed $Continue;
        # A sentence runs to its mark, with what closes it and the white space behind: the longest match.
        ($NoMark | $Open)* $Closed?;
        """

    /// Titles and abbreviations that CLDR's list lacks, by language; as written, without the last full stop.
    static let abbreviations: [String: [String]] = [
        "en": [
            "Mr", "Mrs", "Ms", "Messrs", "Mlle", "Mme", "Mmes", "Dr", "Drs", "Prof", "Rev", "Revd", "Hon", "Sr", "Jr",
            "St", "Ste", "Capt", "Col", "Gen", "Lieut", "Lt", "Sgt", "Serg", "Maj", "Cpl", "Pte", "Adm", "Gov", "Pres",
            "Fr", "Bro", "Esq", "Bt", "Bart", "No", "Nos", "vol", "Vol", "ch", "chap", "Chap", "p", "pp", "fig", "Fig",
            "cf", "viz", "vs", "ca", "al", "approx", "Mt",
        ],
        "de": [
            "Hr", "Hrn", "Fr", "Frl", "Dr", "Prof", "Hl", "hl", "St", "Bd", "Nr", "Str", "bzw", "ca", "usf", "vgl",
            "Mad", "Mlle", "Mme", "Ew",
        ],
        "fr": ["M", "MM", "Mme", "Mmes", "Mlle", "Mlles", "Mgr", "Dr", "Pr", "St", "Ste", "cf", "p", "vol"],
    ]

    /// Words of CLDR's list that far more often end a sentence than stand for something longer.
    static let ordinaryWords: [String: Set<String>] = [
        "en": [
            "I", "All", "Act", "As", "By", "Do", "Go", "Hat", "Id", "In", "Is", "Job", "Joe", "Jam", "Link", "Long",
            "Mar", "Min", "OK", "Ok", "On", "Or", "Pro", "Sat", "To", "Up", "Card", "Cap", "Col", "Mart", "exec", "AD",
            "Etc", "a.m", "A.M", "P.M", "PC", "DC", "AA", "AB", "Mb", "Gb", "Kb", "Hz", "VS", "PP", "Lev", "Fri",
        ],
        "de": [
            "am", "So", "Mo", "Mi", "Do", "I", "Max", "Test", "Port", "beil", "led", "s", "r", "f", "k", "b", "Ben",
            "Temp", "Alt", "Mod", "Bed", "Art", "geb", "gest", "Rep", "PIN", "Z", "Inc",
        ],
    ]

    /// Words by which speech is given to somebody: after closing quotes, `Jane cried` goes on with the sentence.
    static let speechVerbs: [String: Set<String>] = [
        "en": [
            "added", "agreed", "announced", "answered", "asked", "began", "begged", "called", "continued", "cried",
            "demanded", "echoed", "exclaimed", "gasped", "groaned", "inquired", "enquired", "insisted", "interposed",
            "laughed", "murmured", "muttered", "observed", "persisted", "pleaded", "remarked", "repeated", "replied",
            "retorted", "returned", "said", "says", "screamed", "shouted", "sighed", "sobbed", "stammered", "told",
            "thought", "wept", "whispered", "wondered", "yelled",
        ],
        "de": [
            "antwortete", "begann", "erwiderte", "entgegnete", "fragte", "flüsterte", "murmelte", "meinte", "rief",
            "sagte", "schrie", "sprach", "versetzte", "wiederholte",
        ],
    ]
}
