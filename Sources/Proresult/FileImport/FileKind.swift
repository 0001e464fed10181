/// What the rows of a file are. The order is the order of the import, since later ones point at earlier ones.
public enum FileKind: String, Sendable, CaseIterable {
    case workers, items, hours, withdrawals

    /// What a file's name may begin with.
    private var namePrefixes: [String] {
        switch self {
        case .workers: ["workers", "arbeidere", "ansatte"]
        case .items: ["items", "varer"]
        case .hours: ["hours", "timer"]
        case .withdrawals: ["withdrawals", "vareuttak", "uttak"]
        }
    }

    /// By the beginning of the name, or nil.
    init?(fileName: String) {
        let name = (fileName.split(separator: "/").last ?? "").lowercased()
        guard let kind = Self.allCases.first(where: { $0.namePrefixes.contains(where: name.hasPrefix) }) else {
            return nil
        }
        self = kind
    }

    /// By its word, English or Norwegian.
    init?(word: String) {
        let word = word.lowercased()
        guard let kind = Self.allCases.first(where: { $0.namePrefixes.contains(word) }) else { return nil }
        self = kind
    }

    /// By the columns: the one kind that knows them all and misses none that it must have.
    init?(columns: [String]) {
        let fitting = Self.allCases.filter { kind in
            let found = columns.map { FileColumn(heading: $0, kind: kind) }
            return !found.contains(nil) && kind.requiredColumns.allSatisfy { found.contains($0) }
        }
        guard fitting.count == 1, let kind = fitting.first else { return nil }
        self = kind
    }

    var columns: [FileColumn] {
        switch self {
        case .workers:
            [
                .kind, .employeeNumber, .username, .name, .email, .phone, .role, .active, .vismaEmployeeNumber,
                .hourlyWage, .wageFrom,
            ]
        case .items: [.kind, .number, .name, .unit, .salesPrice, .costPrice, .mainGroup, .subgroup, .active]
        case .hours:
            [
                .kind, .reference, .employeeNumber, .projectNumber, .task, .workType, .date, .from, .to, .break, .total,
                .overtime50, .overtime100, .billable, .comment, .internalNote, .approved,
            ]
        case .withdrawals:
            [
                .kind, .reference, .employeeNumber, .projectNumber, .date, .itemNumber, .text, .quantity, .unit,
                .salesPrice, .costPrice, .discountPercent, .note, .returnOf,
            ]
        }
    }

    /// The columns that every file of the kind has; a row may need more.
    var requiredColumns: [FileColumn] {
        switch self {
        case .workers: [.employeeNumber, .name]
        case .items: [.number, .name]
        case .hours: [.reference, .employeeNumber, .projectNumber, .date]
        case .withdrawals: [.reference, .employeeNumber, .date, .quantity]
        }
    }

    /// The column that names a row, where one name may stand only once in a file. A worker may have a row per wage.
    var keyColumn: FileColumn? {
        switch self {
        case .workers: nil
        case .items: .number
        case .hours, .withdrawals: .reference
        }
    }
}
