import Foundation
import Sync
import VismaNetSandbox

/// Amounts by account, period and employee, debit positive and credit negative, to the øre.
struct BookedSums: Sendable, Equatable {
    struct Place: Sendable, Hashable, Comparable {
        var account: String
        var period: String
        var employee: String

        static func < (one: Self, other: Self) -> Bool {
            (one.account, one.period, one.employee) < (other.account, other.period, other.employee)
        }
    }

    private(set) var amounts: [Place: Decimal] = [:]
    private(set) var lines = 0
    /// The ERP's numbers of the documents.
    private(set) var documents: Set<String> = []

    /// What we believe to have sent: the frozen lines of all confirmed documents.
    init(sent: [ExportDocument]) throws {
        for document in sent {
            documents.insert(document.erpNumber ?? "")
            for line in try document.transaction().lines {
                lines += 1
                add(line.amount, line.debitAccount, document.period, line.employee)
                add(-line.amount, line.creditAccount, document.period, line.employee)
            }
        }
    }

    /// What the sandbox holds.
    init(held: [StoredDocument]) {
        for document in held {
            documents.insert(document.refNbr)
            for line in document.lines {
                lines += 1
                add(line.amount, line.debitAccount ?? "", line.period, line.employee ?? "")
                add(-line.amount, line.creditAccount ?? "", line.period, line.employee ?? "")
            }
        }
    }

    private mutating func add(_ amount: Decimal, _ account: String, _ period: String, _ employee: String) {
        amounts[Place(account: account, period: period, employee: employee), default: 0] += amount
    }

    var byAccount: [(account: String, amount: Decimal)] {
        Dictionary(grouping: amounts, by: \.key.account)
            .map { ($0.key, $0.value.reduce(0) { $0 + $1.value }) }
            .sorted { $0.0 < $1.0 }
    }
}

/// Our sums beside the sandbox's.
struct LedgerComparison: Sendable {
    let ours: BookedSums
    let theirs: BookedSums

    var agrees: Bool { ours == theirs }

    var differences: [(place: BookedSums.Place, ours: Decimal, theirs: Decimal)] {
        Set(ours.amounts.keys).union(theirs.amounts.keys).sorted().compactMap { place in
            let (our, their) = (ours.amounts[place] ?? 0, theirs.amounts[place] ?? 0)
            return our == their ? nil : (place, our, their)
        }
    }

    struct Report: Encodable {
        struct Difference: Encodable {
            var account: String
            var period: String
            var employee: String
            var ours: String
            var ledger: String
        }
        var agrees: Bool
        var documents: Int
        var lines: Int
        var sums: [String: String]
        var differences: [Difference]
    }

    var report: Report {
        Report(
            agrees: agrees, documents: theirs.documents.count, lines: theirs.lines,
            sums: Dictionary(uniqueKeysWithValues: theirs.byAccount.map { ($0.account, $0.amount.description) }),
            differences: differences.map { place, ours, theirs in
                Report.Difference(
                    account: place.account, period: place.period, employee: place.employee, ours: ours.description,
                    ledger: theirs.description)
            })
    }
}
