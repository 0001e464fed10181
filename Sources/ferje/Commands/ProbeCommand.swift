import ArgumentParser
import Persistence
import Proresult
import Sync
import VismaNetConnector

/// `ferje probe`
struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Finds out what the connected Visma honours, and so how documents are sent there.",
        discussion: """
            Makes one project transaction without lines, on hold, with a text that says that it can be deleted. It cannot be \
            deleted through the API, so it stays in Visma. Without --yes only the last result is shown.
            """)

    @Flag(help: "Yes, one empty document may stay behind in Visma.") var yes = false
    @Flag(help: "Forget the last result: documents are sent the plain way.") var forget = false
    @OptionGroup var common: CommonOptions
    @OptionGroup var companyOption: CompanyOption

    func validate() throws {
        if yes, forget { throw ValidationError("Either --yes or --forget.") }
    }

    func run() async throws {
        try await common.open { installation in
            let (company, console) = (try await installation.company(companyOption.company), installation.console)
            if forget {
                let was = try await installation.database.transaction(company: company.id) { transaction in
                    try transaction.forgetProbe(by: Operator.name)
                }
                console.say(was ? .probeForgotten : .neverProbed)
                try console.answer(["forgotten": was])
                return
            }
            if yes {
                console.say(.probing)
                _ = try await installation.connections().probe(company.id, by: Operator.name)
            }
            let stored = try await installation.database.transaction(company: company.id) { try $0.storedProbe() }
            if let stored { stored.show(on: console) } else { console.say(.neverProbed) }
            if !yes { console.say(.probeNeedsYes) }
            try console.answer(Told(company: company.id.text, probe: stored.map(Told.Probe.init)))
        }
    }

    private struct Told: Encodable {
        struct Probe: Encodable {
            var at, by, mode: String
            var emptyAccepted: Bool
            var refusal: String?
            var holdHonoured, versionEnforced: Bool?
            var textLength, listedAfterSeconds: Int?
            var pageSizes: [String: Int]
            var leftBehind, fellBackBecause: String?

            init(_ stored: StoredProbe) {
                let probe = stored.probe
                (at, by, mode) = (stored.at.utc, stored.by, stored.mode.rawValue)
                (emptyAccepted, refusal) = (probe.emptyAccepted, probe.refusal)
                (holdHonoured, versionEnforced) = (probe.holdHonoured, probe.versionEnforced)
                textLength = probe.textLength
                listedAfterSeconds = probe.listedAfter.map { Int($0.components.seconds) }
                (pageSizes, leftBehind) = (probe.pageSizes, probe.leftBehind)
                fellBackBecause = stored.fellBackBecause
            }
        }
        var company: String
        /// Nil for a company that was never probed.
        var probe: Probe?
    }
}

extension StoredProbe {
    fileprivate func show(on console: Console) {
        console.say(.probedAt(at.shown, by))
        var table = Table([.left, .left])
        func add(_ label: Text, _ answer: Text) { table.add([console.text(label), console.text(answer)]) }
        add(.emptyDocument, .seen(probe.emptyAccepted))
        add(.onHold, .seen(probe.holdHonoured))
        add(.ifMatch, .seen(probe.versionEnforced))
        add(.textLength, probe.textLength.map { Text("\($0)", "\($0)") } ?? .seen(nil))
        add(
            .listedAfter,
            probe.listedAfter.map { Text("\($0.components.seconds) s", "\($0.components.seconds) s") } ?? .notListed)
        for (list, size) in probe.pageSizes.sorted(by: { $0.key < $1.key }) {
            add(.pageSize(list), Text("\(size)", "\(size)"))
        }
        console.say(table)
        if let refusal = probe.refusal { console.say(.erpRefused(refusal)) }
        if let number = probe.leftBehind { console.say(.leftBehind(number)) }
        console.say(.sendsBy(mode, because: fellBackBecause))
    }
}
