import Casebook
import LanguageModels
import Testing
import TextModel

@Suite struct LanguageModelConfigurationTests {
    private func read(_ settings: String) -> (configuration: Configuration, diagnostics: [Diagnostic]) {
        let lines = settings.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
        return Configuration.read("format: 1\nlanguage-model:\n\(lines)\n", file: "casebook.yml")
    }

    @Test func `reads every key`() {
        let (configuration, diagnostics) = read(
            """
            endpoint: https://models.example/v1
            model: large
            key-variable: MY_KEY_2
            batch: 16
            timeout: 30.5
            concurrency: 4
            price-in: 0.15
            price-out: 1
            """)
        #expect(diagnostics == [])
        var expected = LanguageModelSettings(endpoint: "https://models.example/v1", model: "large")
        expected.keyVariable = "MY_KEY_2"
        expected.batch = 16
        expected.timeout = 30.5
        expected.concurrency = 4
        expected.priceIn = 0.15
        expected.priceOut = 1
        #expect(configuration.languageModel == expected)
    }

    @Test func `no model is asked unless one is named`() {
        #expect(Configuration.read("format: 1\n", file: "casebook.yml").configuration.languageModel == nil)
        #expect(Configuration().languageModel == nil)
    }

    @Test(arguments: [
        ("endpoint: http://localhost/v1", "malformed-configuration", "needs an endpoint and a model"),
        ("model: m", "malformed-configuration", "needs an endpoint and a model"),
        (
            "endpoint: http://localhost/v1\nmodel: m\nkey: sk-123", "malformed-configuration",
            "a key never stands in a file"
        ),
        (
            "endpoint: http://localhost/v1\nmodel: m\napi-key: sk-123", "malformed-configuration",
            "a key never stands in a file"
        ),
        (
            "endpoint: http://localhost/v1\nmodel: m\nkey-variable: sk-123", "malformed-configuration",
            "the name of an environment variable"
        ),
        ("endpoint: http://localhost/v1\nmodel: m\nbatch: 0", "malformed-configuration", "from 1 to 64"),
        ("endpoint: http://localhost/v1\nmodel: m\ntimeout: soon", "malformed-configuration", "is a number"),
        ("endpoint: http://localhost/v1\nmodel: m\ntime-out: 3", "unknown-key", "time-out"),
    ])
    func `says what is wrong`(settings: String, identifier: String, summary: String) {
        let diagnostics = read(settings).diagnostics
        #expect(diagnostics.map(\.identifier) == [identifier])
        #expect(diagnostics.first?.summary.contains(summary) == true, "\(diagnostics.map(\.summary))")
        #expect((diagnostics.first?.location?.line ?? 0) > 1)
        // What looks like a key is not repeated.
        #expect(diagnostics.allSatisfy { !$0.summary.contains("sk-123") && $0.advice?.contains("sk-123") != true })
    }
}
