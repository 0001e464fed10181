import Foundation
import Persistence

/// What a document says, apart from its texts: two documents with the same fingerprint move the same money.
public struct DocumentFingerprint: Hashable, Sendable {
    private let lines: [Line: Int]

    private struct Line: Hashable {
        var date: CalendarDate?
        var employee: String
        var project: String
        var task: String
        var item: String
        var quantity: Decimal
        var rate: Decimal
        var amount: Decimal
        var debitAccount: String
        var creditAccount: String
    }

    public init(_ document: ProjectTransaction) {
        lines = Self.counted(
            document.lines.map { line in
                Line(
                    date: line.date, employee: line.employee, project: document.project, task: line.task,
                    item: line.item, quantity: line.quantity.value, rate: line.rate.value, amount: line.amount,
                    debitAccount: line.debitAccount, creditAccount: line.creditAccount)
            })
    }

    public init(_ document: ERPDocument) {
        lines = Self.counted(
            document.lines.map { line in
                Line(
                    date: line.date, employee: line.employee, project: line.project, task: line.task, item: line.item,
                    quantity: line.quantity, rate: line.rate, amount: line.amount, debitAccount: line.debitAccount,
                    creditAccount: line.creditAccount)
            })
    }

    /// The ERP pads some keys, takes them without regard to case, and gives the lines in an order of its own.
    private static func counted(_ lines: [Line]) -> [Line: Int] {
        lines.reduce(into: [:]) { counts, line in
            var line = line
            for key in [\Line.employee, \.project, \.task, \.item, \.debitAccount, \.creditAccount] {
                line[keyPath: key] = line[keyPath: key].trimmingCharacters(in: .whitespaces).uppercased()
            }
            counts[line, default: 0] += 1
        }
    }
}
