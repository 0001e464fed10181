import Proresult

/// What the exit code of a command means; documented in docs/commands.md.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    /// Something that should not happen.
    case unexpected = 1
    /// Something was refused or is in doubt: a person must look.
    case needsPerson = 3
    /// The ERP or the database does not answer now: the same command may succeed later.
    case tryLater = 4
    /// The settings or the storage cannot work.
    case configuration = 5
    /// Another process has the database open, or a newer program has written it.
    case databaseInUse = 6
    /// What we sent and what the sandbox holds is not the same.
    case ledgerDisagrees = 7
    /// The command line was not understood (sysexits' EX_USAGE, from the argument parser).
    case usage = 64
}

/// Why a command ended without success, in words for a person and a stable word for a program.
struct Failure: Error {
    var status: ExitStatus
    var kind: String
    var text: Text
    /// True when the result that was printed says it all.
    var isQuiet = false

    init(_ status: ExitStatus, _ kind: String, _ text: Text) {
        self.status = status
        self.kind = kind
        self.text = text
    }

    /// Ends with a code after a result that already tells why.
    static func quiet(_ status: ExitStatus) -> Failure {
        var failure = Failure(status, "", Text("", ""))
        failure.isQuiet = true
        return failure
    }
}
