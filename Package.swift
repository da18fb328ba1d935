// swift-tools-version: 6.2
import Foundation
import PackageDescription

// Every target of ours is built alike: what Swift can check, it checks, and a warning is an error.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        exclude: goldenFolders(of: name + "Tests"), swiftSettings: strict)
}

/// Golden files lie beside the tests that use them and are read from the source tree, not bundled.
func goldenFolders(of tests: String) -> [String] {
    ["Golden", "Fixtures"].filter { folder in
        FileManager.default.fileExists(atPath: Context.packageDirectory + "/Tests/\(tests)/\(folder)")
    }
}

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "casebook",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "casebook", targets: ["casebook-cli"]),
        .library(name: "Casebook", targets: ["Casebook"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    ],
    targets: [
        // Outside libraries, one module map each.
        .systemLibrary(name: "CLibxml2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "CICU", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CMessageDigest", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .target(name: "CShipped", exclude: ["Filter", "Templates", "Strings"]),
        .target(name: "CPassageModel"),
        // Arithmetic over millions of numbers: without optimization a debug build would take a hundred times as long.
        .target(name: "CSentenceEncoder", cSettings: [.unsafeFlags(["-O3"])]),

        // The way of the data, from left to right.
        library("TextModel"),
        library("WordForms", ["TextModel", "CICU", "CStemmer"]),
        library("Readers", ["TextModel", "CLibxml2", "CMessageDigest"]),
        library("PassageScoring", ["TextModel", "WordForms", "CSentenceEncoder", "CPassageModel"]),
        library("LayerFiles", ["TextModel", "WordForms", "Readers"]),
        library("Tagging", ["TextModel", "WordForms", "Readers", "PassageScoring"]),
        // Not a line of it runs unless `casebook.yml` names a model.
        library("LanguageModels", ["TextModel", "Readers", "LayerFiles", "Tagging"]),
        library("QueryLanguage", ["TextModel"]),
        library("Analysis", ["TextModel"]),
        library("SearchIndex", ["TextModel", "WordForms", "QueryLanguage", "CPCRE2", grdb, sqlite]),
        library("Writers", ["TextModel", "WordForms", "QueryLanguage", "Analysis", "CShipped", mustache]),
        library(
            "Casebook",
            [
                "TextModel", "WordForms", "Readers", "LayerFiles", "Tagging", "PassageScoring", "LanguageModels",
                "QueryLanguage",
                "SearchIndex", "Writers", "CShipped", yams,
            ]),
        .executableTarget(
            name: "casebook-cli",
            dependencies: [
                "Casebook", "TextModel", "LayerFiles", "LanguageModels", "QueryLanguage", "Readers", "SearchIndex",
                "Tagging", "Writers",
                argumentParser,
            ], swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["TextModel"], path: "Tests/TestSupport", swiftSettings: strict),
        tests("TextModel"),
        tests("WordForms"),
        tests("Readers", ["CLibxml2"]),
        tests("PassageScoring", ["CSentenceEncoder", "WordForms"]),
        tests("LayerFiles", ["Readers"]),
        tests("Tagging", ["Readers", "WordForms", "PassageScoring"]),
        tests("LanguageModels", ["Tagging"]),
        tests("QueryLanguage"),
        tests("Analysis"),
        tests("SearchIndex", ["QueryLanguage", "WordForms", "Readers"]),
        tests("Writers", ["QueryLanguage", "Readers", "LayerFiles", "WordForms"]),
        tests("Casebook", ["LanguageModels", "LayerFiles", "Readers", "SearchIndex", "QueryLanguage", "Writers"]),
        .testTarget(
            name: "CommandLineTests", dependencies: ["casebook-cli", "TestSupport"],
            exclude: goldenFolders(of: "CommandLineTests"), swiftSettings: strict),
    ]
)
