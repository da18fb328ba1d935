import QueryLanguage
package import SearchIndex
import TextModel

extension Project {
    /// What names in a query can mean in this casebook.
    package func queryNames(_ index: CorpusIndex) -> IndexNames {
        index.names(saved: savedQueries())
    }

    /// Which texts a query looks at unless it says more.
    package var queryOptions: QueryOptions {
        configuration.scope.isEmpty
            ? QueryOptions(outOfScope: ["Corpus/Exemplars"]) : QueryOptions(scope: configuration.scope)
    }
}
