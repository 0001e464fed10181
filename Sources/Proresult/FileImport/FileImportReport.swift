/// What came of the files.
public struct FileImportReport: Sendable, Hashable {
    public struct Counts: Sendable, Hashable {
        /// All rows of the kind; what is not in the other three is in the errors.
        public var read = 0
        public var created = 0
        public var changed = 0
        public var unchanged = 0

        public init() {}
    }

    /// One thing that was not taken in, with its place and the reason.
    public struct Fault: Sendable, Hashable {
        /// Nil when the fault is the file's.
        public let kind: FileKind?
        public let file: String
        /// Counted from 1; nil when the fault is the whole file's.
        public let line: Int?
        /// The English heading of the column.
        public let field: String?
        public let message: String
        public let norwegian: String
    }

    public var counts: [FileKind: Counts] = [:]
    public var errors: [Fault] = []

    public init() {}

    public subscript(kind: FileKind) -> Counts { counts[kind] ?? Counts() }

    public func errors(of kind: FileKind) -> [Fault] { errors.filter { $0.kind == kind } }
}

/// What a row came to.
enum FileRowOutcome: Hashable {
    case created, changed, unchanged
}

extension FileImportReport {
    mutating func count(_ outcome: FileRowOutcome, of kind: FileKind) {
        switch outcome {
        case .created: counts[kind, default: Counts()].created += 1
        case .changed: counts[kind, default: Counts()].changed += 1
        case .unchanged: counts[kind, default: Counts()].unchanged += 1
        }
    }

    mutating func add(_ fault: FileFaultAt, file: String) {
        errors.append(
            Fault(
                kind: fault.kind, file: file, line: fault.line, field: fault.field, message: fault.fault.english,
                norwegian: fault.fault.norwegian))
    }

    mutating func add(_ error: ProresultError, row: FileRow) {
        errors.append(
            Fault(
                kind: row.kind, file: row.file, line: row.line, field: row.heading(of: error.field),
                message: error.english, norwegian: error.norwegian))
    }

    mutating func merge(_ other: Self) {
        for (kind, more) in other.counts {
            counts[kind, default: Counts()].read += more.read
            counts[kind, default: Counts()].created += more.created
            counts[kind, default: Counts()].changed += more.changed
            counts[kind, default: Counts()].unchanged += more.unchanged
        }
        errors += other.errors
    }
}

extension FileRow {
    /// The column of this row that a rule's field was read from.
    fileprivate func heading(of field: String?) -> String? {
        switch field {
        case "billableHours": "billable"
        case "breakMinutes": "break"
        case "worker": "employeeNumber"
        case "project": "projectNumber"
        case "item": "itemNumber"
        case "workType", "work_type", "project_work_type":
            text(.task) == nil ? "workType" : "task"
        case let field: field
        }
    }
}
