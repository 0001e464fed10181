import Persistence
import Proresult

/// Something that waits for a person. Nothing of it passes by itself.
public enum Attention: Sendable, Hashable {
    case reconnectNeeded(since: Timestamp)
    case exportsShut(because: String, since: Timestamp)
    /// Documents that Visma holds otherwise than they were left.
    case alarm(ExportAlarm.Kind, count: Int)
    case needsReview(count: Int)
    /// Documents in doubt for more than an hour.
    case longInDoubt(count: Int, since: Timestamp)
    /// Much of a list is missing in the ERP, so nothing was marked as gone.
    case muchMissing(JobName)
    /// Documents that stand in the ERP and could not be locked here.
    case notLocked(count: Int)
    case refusedLines(JobName, count: Int)
    case jobFailed(JobName, RunFault, run: SyncRunID)
    case stoppedLines(JobName, Board.ReasonCount)
    /// Numbers in both systems that the imports leave alone until somebody lets them be overwritten.
    case waitingForSetUpCheck(count: Int)

    /// Worst first.
    var rank: Int {
        switch self {
        case .reconnectNeeded: 0
        case .exportsShut: 1
        case .alarm(.doubled, _): 2
        case .alarm(.missing, _): 3
        case .alarm(.changed, _): 4
        case .alarm(.unknownReference, _): 5
        case .needsReview: 6
        case .longInDoubt: 7
        case .muchMissing: 8
        case .notLocked: 9
        case .refusedLines: 10
        case .jobFailed: 11
        case .stoppedLines: 12
        case .waitingForSetUpCheck: 13
        }
    }

    /// False for what only stops single lines: the rest is in order.
    public var isGrave: Bool { rank < 10 }

    public var place: DeskPlace {
        switch self {
        case .reconnectNeeded: .connection
        case .exportsShut: .exports
        case .alarm: .alarms
        case .needsReview: .review
        case .longInDoubt: .review
        case .muchMissing: .brakes
        case .notLocked: .marks
        case .refusedLines(let job, _): .board(BoardFilter(job: job, standings: [.rejected]))
        case .jobFailed(_, _, let run): .run(run)
        case .waitingForSetUpCheck: .setUpCheck
        case .stoppedLines(let job, let reason):
            .board(BoardFilter(job: job, standings: BoardFilter.stopped, reason: reason.code))
        }
    }

    public var text: Text {
        switch self {
        case .reconnectNeeded:
            Text(
                "Innloggingen til Visma gjelder ikke lenger. Koble til på nytt.",
                "The sign-in to Visma is no longer valid. Connect again.")
        case .exportsShut:
            Text(
                "Overføringen er stengt til det er sett etter hva Visma har.",
                "Exports are shut until it is known what Visma holds.")
        case .alarm(let kind, let count): Self.alarm(kind, count)
        case .needsReview(let count):
            Text(
                count == 1 ? "1 dokument må vurderes av en person." : "\(count) dokumenter må vurderes av en person.",
                count == 1 ? "1 document needs a person's decision." : "\(count) documents need a person's decision.")
        case .longInDoubt(let count, _):
            Text(
                "\(documents(count).norwegian) har vært uavklart hos Visma i over en time.",
                "\(documents(count).english) in doubt at Visma for more than an hour.")
        case .muchMissing(let job):
            Text(
                "\(job.title.norwegian): så mye mangler i Vismas liste at ingenting er satt som borte.",
                "\(job.title.english): so much is missing in Visma's list that nothing was marked as gone.")
        case .notLocked(let count):
            Text(
                "\(documents(count).norwegian) står i Visma, men kunne ikke låses her.",
                "\(documents(count).english) in Visma that could not be locked here.")
        case .refusedLines(let job, let count):
            Text(
                "\(lines(job, count).norwegian) er avvist av Visma.",
                "\(lines(job, count).english) refused by Visma.")
        case .jobFailed(let job, let fault, _):
            Text(
                "\(job.title.norwegian): \(fault.text(job).norwegian)",
                "\(job.title.english): \(fault.text(job).english)")
        case .stoppedLines(let job, let reason):
            Text(
                "\(lines(job, reason.count).norwegian) stoppet: \(reason.example.label.norwegian).",
                "\(lines(job, reason.count).english) stopped: \(reason.example.label.english).")
        case .waitingForSetUpCheck(let count):
            Text(
                "\(count) nummer finnes både her og i Visma. Importen rører dem ikke før du lar dem overskrives.",
                count == 1
                    ? "1 number is both here and in Visma. The imports leave it alone until you let it be overwritten."
                    : "\(count) numbers are both here and in Visma. The imports leave them alone until you let them be overwritten."
            )
        }
    }

    private static func alarm(_ kind: ExportAlarm.Kind, _ count: Int) -> Text {
        let found = documents(count)
        return switch kind {
        case .doubled:
            Text("\(found.norwegian) står dobbelt i Visma.", "\(found.english) doubled in Visma.")
        case .missing:
            Text("\(found.norwegian) er borte fra Visma.", "\(found.english) missing in Visma.")
        case .changed:
            Text("\(found.norwegian) er endret i Visma.", "\(found.english) changed in Visma.")
        case .unknownReference:
            Text(
                "\(found.norwegian) i Visma bærer vårt merke og er ukjent her.",
                "\(found.english) in Visma carrying our mark and unknown here.")
        }
    }

    private static func documents(_ count: Int) -> Text {
        Text(count == 1 ? "1 dokument" : "\(count) dokumenter", count == 1 ? "1 document" : "\(count) documents")
    }
    private func documents(_ count: Int) -> Text { Self.documents(count) }

    private func lines(_ job: JobName, _ count: Int) -> Text {
        job == .hours
            ? Text(
                count == 1 ? "1 timeføring" : "\(count) timeføringer",
                count == 1 ? "1 hour entry" : "\(count) hour entries")
            : Text("\(count) vareuttak", count == 1 ? "1 withdrawal" : "\(count) withdrawals")
    }
}
