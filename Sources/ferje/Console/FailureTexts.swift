import Persistence
import Proresult
import Sync

/// The one place where an error becomes words and an exit code.
extension Failure {
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as ConfigurationError:
            self.init(.configuration, "configuration", .configuration(error))
        case let error as SQLError: self.init(database: error)
        case let error as ProresultError:
            self.init(.needsPerson, "refused", Text(error.norwegian, error.english))
        case let error as ERPError: self.init(erp: error)
        case let refused as ConnectionRefused:
            self.init(refused.mayPass ? .tryLater : .needsPerson, "notConnected", refused.text)
        case let error as PeriodRefused:
            self.init(.needsPerson, "periodRefused", Text(error.text(.norwegian), error.text(.english)))
        case let error as ExportReview.Refused: self.init(review: error)
        case ExportShutter.Refused.notShut: self.init(.needsPerson, "notShut", .exportsNotShut)
        case ExportShutter.Refused.reasonMissing: self.init(.needsPerson, "reasonMissing", .reasonMissing)
        case let error as CompanyRest.Refused: self.init(rest: error)
        case let error as CompanyMove.Refused: self.init(move: error)
        case let error as CompanyDeletion.Refused: self.init(deletion: error)
        case let error as CompanyFiles.Refused:
            self.init(.needsPerson, "folderUnusable", .folderUnusable(error.folder, error.why))
        case is CancellationError: self.init(.tryLater, "stopped", .stopped)
        default: self.init(.unexpected, "unexpected", Text("Uventet feil: \(error)", "Unexpected error: \(error)"))
        }
    }

    private init(database error: SQLError) {
        switch error {
        case .inUse: self.init(.databaseInUse, "databaseInUse", .databaseInUse)
        case .newerSchema(let found, let known):
            self.init(.databaseInUse, "newerSchema", .newerSchema(found: found, known: known))
        case .busy(let why), .connectionLost(let why), .commitOutcomeUnknown(let why):
            self.init(.tryLater, "databaseUnreachable", .databaseUnreachable(why))
        case .storage(let why): self.init(.configuration, "storage", .storage(why))
        case .constraint, .unreadable, .statement:
            self.init(.unexpected, "unexpected", Text("Uventet feil: \(error)", "Unexpected error: \(error)"))
        }
    }

    private init(erp error: ERPError) {
        let told = "\(error.message) (\(error.request))"
        switch error.consequence {
        case .tryLater: self.init(.tryLater, "tryLater", .erpTryLater(told))
        case .askPerson: self.init(.needsPerson, "askPerson", .erpRefused(told))
        case .reconnect: self.init(.needsPerson, "reconnect", .erpReconnect(told))
        case .bug: self.init(.unexpected, "bug", .erpMisunderstood(told))
        }
    }

    private init(review error: ExportReview.Refused) {
        switch error {
        case .noSuchDocument(let reference):
            self.init(.needsPerson, "noSuchDocument", .noSuchDocument(reference))
        case .notWaiting(let state):
            self.init(.needsPerson, "notWaiting", .documentNotWaiting(state.rawValue))
        case .reasonMissing: self.init(.needsPerson, "reasonMissing", .reasonMissing)
        case .numberMissing: self.init(.needsPerson, "numberMissing", .numberMissing)
        case .numberTaken(let other): self.init(.needsPerson, "numberTaken", .numberTaken(other.text))
        }
    }
}
