// swift-tools-version: 6.2
import PackageDescription

// Benchmarks that call the library itself. A package of its own, so that nobody who uses Casebook builds them; the
// targets that they measure are linked in, because what they measure is `package` API.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func benchmark(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: ["TextModel"] + dependencies, swiftSettings: strict)
}

let package = Package(
    name: "casebook-benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [.package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0")],
    targets: [
        .systemLibrary(name: "CLibxml2", pkgConfig: "libxml-2.0"),
        .target(name: "CICU", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
        .systemLibrary(name: "CStemmer"),
        .systemLibrary(name: "CMessageDigest", pkgConfig: "nettle"),
        library("TextModel"),
        library("WordForms", ["TextModel", "CICU", "CStemmer"]),
        library("Readers", ["TextModel", "CLibxml2", "CMessageDigest"]),
        library("LayerFiles", ["TextModel", "WordForms", "Readers"]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8"),
        library("QueryLanguage", ["TextModel"]),
        library(
            "SearchIndex",
            [
                "TextModel", "WordForms", "QueryLanguage", "CPCRE2", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        benchmark("survival", ["Readers", "LayerFiles"]),
        benchmark("saving", ["Readers", "LayerFiles"]),
        benchmark("synthetic", ["Readers"]),
        benchmark("queries", ["QueryLanguage", "SearchIndex"]),
    ]
)
