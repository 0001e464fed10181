// swift-tools-version: 6.1
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTPCompression = Target.Dependency.product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let inMemoryTracing = Target.Dependency.product(name: "InMemoryTracing", package: "swift-distributed-tracing")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "ferje",
    products: [
        .executable(name: "ferje", targets: ["ferje"]),
        .library(name: "VismaNet", targets: ["VismaNet"]),
        .library(name: "VismaNetSandbox", targets: ["VismaNetSandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing.git", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CSQLiteCalls"),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .target(name: "HTML", swiftSettings: swiftSettings),
        .target(
            name: "Persistence", dependencies: ["CLibpq", "CSQLiteCalls", grdb, grdbSQLite, logging],
            swiftSettings: swiftSettings),
        .target(
            name: "VismaNet",
            dependencies: [asyncHTTPClient, crypto, nioCore, nioHTTP1, nioHTTPCompression, nioPosix, nioSSL, tracing],
            swiftSettings: swiftSettings),
        .target(
            name: "Proresult", dependencies: ["Persistence", "CArgon2", crypto, logging], swiftSettings: swiftSettings),
        .target(
            name: "Sync", dependencies: ["Proresult", "Persistence", crypto, logging, metrics, tracing],
            swiftSettings: swiftSettings),
        .target(
            name: "VismaNetConnector",
            dependencies: ["Sync", "VismaNet", "Persistence", "Proresult", crypto, logging, metrics, tracing],
            swiftSettings: swiftSettings),
        .target(
            name: "VismaNetSandbox", dependencies: ["HTML", hummingbird, crypto, logging, nioCore, httpTypes],
            swiftSettings: swiftSettings),
        .target(
            name: "Web",
            dependencies: [
                "Sync", "Proresult", "Persistence", "HTML", hummingbird, httpTypes, nioCore, crypto, logging, metrics,
                serviceLifecycle, tracing,
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "Operations",
            dependencies: [
                "Sync", "Proresult", "Persistence", hummingbird, httpTypes, crypto, logging, metrics, nioCore,
                serviceLifecycle, tracing,
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "ferje",
            dependencies: [
                "Web", "Operations", "Sync", "Proresult", "Persistence", "VismaNet", "VismaNetConnector",
                "VismaNetSandbox",
                argumentParser, asyncHTTPClient, crypto, logging, metrics, serviceLifecycle, tracing, unixSignals,
                hummingbird,
            ],
            swiftSettings: swiftSettings),

        .target(
            name: "TestSupport", dependencies: ["Persistence", logging], path: "Tests/Support",
            swiftSettings: swiftSettings),
        .target(
            name: "FarShore", dependencies: ["VismaNet", "VismaNetSandbox"], path: "Tests/FarShore",
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "list-bench",
            dependencies: ["BenchWork", "SeededShore", "TestSupport", "Sync", "Proresult", "Persistence"],
            path: "Benchmarks/Lists", swiftSettings: swiftSettings),
        .target(
            name: "BenchWork", dependencies: ["SeededShore", "TestSupport", "Sync", "Proresult", "Persistence"],
            path: "Benchmarks/Work", swiftSettings: swiftSettings),
        .executableTarget(
            name: "years-bench",
            dependencies: ["BenchWork", "SeededShore", "TestSupport", "Sync", "Proresult", "Persistence", logging],
            path: "Benchmarks/Years", swiftSettings: swiftSettings),
        .target(
            name: "BenchFirm",
            dependencies: ["Sync", "Proresult", "Persistence", "VismaNet", "VismaNetConnector", logging],
            path: "Benchmarks/Firm", swiftSettings: swiftSettings),
        .executableTarget(
            name: "import-bench",
            dependencies: ["BenchFirm", "Sync", "Persistence", "VismaNet", argumentParser],
            path: "Benchmarks/Import", swiftSettings: swiftSettings),
        .executableTarget(
            name: "import-pages",
            dependencies: ["BenchFirm", "FarShore", "VismaNetSandbox", "VismaNet", "Persistence", argumentParser],
            path: "Benchmarks/Pages", swiftSettings: swiftSettings),
        .executableTarget(
            name: "export-bench",
            dependencies: [
                "BenchFirm", "Sync", "Proresult", "Persistence", "VismaNet", "VismaNetSandbox", argumentParser,
                hummingbird, nioCore,
            ], path: "Benchmarks/Export", swiftSettings: swiftSettings),
        .executableTarget(
            name: "engine-bench",
            dependencies: ["BenchFirm", "Sync", "Proresult", "Persistence", argumentParser, logging],
            path: "Benchmarks/Engine", swiftSettings: swiftSettings),
        .executableTarget(
            name: "sign-in-bench", dependencies: ["TestSupport", "Proresult", "Persistence"],
            path: "Benchmarks/SignIn", swiftSettings: swiftSettings),
        .target(
            name: "SeededShore", dependencies: ["Proresult", "Persistence", "TestSupport"], path: "Tests/SeededShore",
            swiftSettings: swiftSettings),
        .target(
            name: "Storm",
            dependencies: [
                "Sync", "VismaNetConnector", "VismaNet", "VismaNetSandbox", "Proresult", "Persistence", "TestSupport",
                "FarShore", crypto, grdb, grdbSQLite, logging,
            ], path: "Tests/Storm", swiftSettings: swiftSettings),
        .executableTarget(
            name: "ferje-storm", dependencies: ["Storm", "TestSupport", argumentParser], path: "Tests/StormCommand",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "Simulation",
            dependencies: [
                "Storm", "TestSupport", "FarShore", "Sync", "Proresult", "Persistence", "VismaNet", "VismaNetConnector",
                "VismaNetSandbox",
            ], path: "Tests/Simulation", swiftSettings: swiftSettings),
        .testTarget(
            name: "PersistenceTests", dependencies: ["Persistence", "TestSupport"], swiftSettings: swiftSettings),
        .testTarget(
            name: "VismaNetTests", dependencies: ["VismaNet", crypto, nioCore, nioPosix], swiftSettings: swiftSettings),
        .testTarget(
            name: "ProresultTests", dependencies: ["Proresult", "Persistence", "TestSupport", "SeededShore"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SyncTests", dependencies: ["Sync", "Proresult", "Persistence", "TestSupport", logging, metrics],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                "Operations", "Sync", "Proresult", "Persistence", "TestSupport", hummingbird, hummingbirdTesting,
                httpTypes, logging, metrics, nioCore, tracing,
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "VismaNetSandboxTests",
            dependencies: [
                "VismaNetSandbox", "HTML", "TestSupport", hummingbird, hummingbirdTesting, httpTypes, nioCore,
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "VismaNetConnectorTests",
            dependencies: [
                "VismaNetConnector", "VismaNet", "VismaNetSandbox", "Sync", "Proresult", "Persistence", "TestSupport",
                "FarShore", asyncHTTPClient, hummingbird, hummingbirdTesting, httpTypes, inMemoryTracing, logging,
                nioCore,
                tracing,
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "HTML", "Sync", "Proresult", "Persistence", "TestSupport", "FarShore", "VismaNet",
                "VismaNetConnector",
                "VismaNetSandbox", crypto, hummingbird, hummingbirdTesting, httpTypes, inMemoryTracing, logging,
                nioCore,
                tracing,
            ],
            exclude: ["access-table.txt"], swiftSettings: swiftSettings),
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "Web", "Sync", "Proresult", "Persistence", "VismaNet", "VismaNetConnector", "VismaNetSandbox",
                "FarShore", "TestSupport", hummingbird, hummingbirdTesting, httpTypes, logging, nioCore,
            ],
            swiftSettings: swiftSettings),
        .testTarget(name: "TidyTests", swiftSettings: swiftSettings),
        .target(
            name: "BuiltPrograms", dependencies: ["VismaNetSandbox", asyncHTTPClient, nioCore, nioHTTP1],
            path: "Tests/BuiltPrograms",
            swiftSettings: swiftSettings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "BuiltPrograms", "TestSupport", "Persistence", "Proresult", "VismaNetSandbox", asyncHTTPClient, nioCore,
                nioHTTP1, nioPosix,
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "BrowserTests", dependencies: ["BuiltPrograms", "TestSupport"],
            exclude: ["Scenarios", "requirements.txt"], swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
