import GRDB

/// The tables of an index. A file with another number is erased and filled again: nothing in an index is lost that
/// cannot be read from the casebook.
enum Schema {
    /// Rises with every change of the tables, of a stored array's form or of how words are cut and stemmed.
    static let number: Int32 = 4

    static let statements = """
        -- Files that were read, and by what they are known to be unchanged.
        CREATE TABLE file(
            path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, inode INTEGER NOT NULL,
            sha256 TEXT NOT NULL
        ) WITHOUT ROWID;

        -- Ids are never used twice: words of a document that is gone can then never be taken for another's.
        CREATE TABLE document(
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, path TEXT NOT NULL, title TEXT NOT NULL,
            authors TEXT NOT NULL, date TEXT, passages INTEGER NOT NULL, words INTEGER NOT NULL, spine BLOB NOT NULL,
            outline BLOB NOT NULL
        );
        CREATE INDEX document_path ON document(path);

        -- Texts, words and runs of a document in pieces of some kilobytes: see TextStream.
        CREATE TABLE chunk(
            document INTEGER NOT NULL, stream INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL,
            PRIMARY KEY (document, stream, number)
        ) WITHOUT ROWID;

        -- Persons, and relations with an id, which annotations may be about as well.
        CREATE TABLE person(
            document INTEGER NOT NULL, id TEXT NOT NULL, names TEXT NOT NULL, role TEXT,
            PRIMARY KEY (document, id)
        ) WITHOUT ROWID;

        -- Our own stems with a blank after each, one row a document: FTS5's positions are the numbers of the words.
        CREATE VIRTUAL TABLE word USING fts5(
            stems, content='', columnsize=0, detail=full, tokenize="ascii tokenchars ''''"
        );
        CREATE VIRTUAL TABLE word_place USING fts5vocab(word, instance);
        CREATE VIRTUAL TABLE word_count USING fts5vocab(word, row);
        -- The same with the words as printed lines divide them, of documents where they do.
        CREATE VIRTUAL TABLE divided_word USING fts5(
            stems, content='', columnsize=0, detail=full, tokenize="ascii tokenchars ''''"
        );
        CREATE VIRTUAL TABLE divided_word_place USING fts5vocab(divided_word, instance);

        CREATE TABLE language(id INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE);
        -- Every spelling once: what prefixes, wildcards and quoted words are looked up in.
        CREATE TABLE form(
            bare TEXT NOT NULL, folded TEXT NOT NULL, language INTEGER NOT NULL, stem TEXT NOT NULL,
            PRIMARY KEY (bare, folded, language)
        ) WITHOUT ROWID;
        -- Where all forms of a stem pass a test, no place of it need be looked at.
        CREATE INDEX form_stem ON form(stem, language);

        CREATE TABLE layer(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
        CREATE TABLE concept(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE annotation(
            id INTEGER PRIMARY KEY, document INTEGER NOT NULL, state INTEGER NOT NULL, layer INTEGER,
            name TEXT NOT NULL, concepts TEXT NOT NULL, about TEXT NOT NULL, stance TEXT, basis TEXT, certainty REAL,
            comment TEXT, contents TEXT NOT NULL, principal INTEGER NOT NULL, creator TEXT, created TEXT,
            modified TEXT, anchor TEXT NOT NULL, suggester TEXT, score REAL, reason TEXT, pieces BLOB NOT NULL
        );
        CREATE INDEX annotation_document ON annotation(document, layer);
        CREATE INDEX annotation_layer ON annotation(layer, name);
        -- The pieces of a concept's annotations in a document, sorted as the joins want them: see PostingList.
        CREATE TABLE posting_list(
            concept INTEGER NOT NULL, state INTEGER NOT NULL, document INTEGER NOT NULL,
            annotations INTEGER NOT NULL, postings BLOB NOT NULL,
            PRIMARY KEY (concept, state, document)
        ) WITHOUT ROWID;

        -- The concept schemes, as far as names and what is narrower go.
        CREATE TABLE scheme(position INTEGER PRIMARY KEY, id TEXT NOT NULL, path TEXT NOT NULL, version TEXT);
        CREATE TABLE scheme_concept(
            scheme INTEGER NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, broader INTEGER,
            deprecated TEXT, PRIMARY KEY (scheme, position)
        ) WITHOUT ROWID;
        CREATE TABLE label(
            scheme INTEGER NOT NULL, concept INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL,
            text TEXT NOT NULL, language TEXT, PRIMARY KEY (scheme, concept, position)
        ) WITHOUT ROWID;

        -- What a learned scorer said of a passage, by a hash of its reading text: minutes of work, so that a text that
        -- changes does not cost its other passages again.
        CREATE TABLE passage_score(
            model INTEGER NOT NULL, passage TEXT NOT NULL, scores BLOB NOT NULL, PRIMARY KEY (model, passage)
        ) WITHOUT ROWID;
        """

    static func create(_ database: Database) throws {
        try database.inTransaction(.immediate) {
            // Another process may have come first.
            if try Int32.fetchOne(database, sql: "PRAGMA user_version") != number {
                try database.execute(sql: statements)
                try database.execute(sql: "PRAGMA user_version = \(number)")
            }
            return .commit
        }
    }
}
