import Crypto
import Foundation
import Persistence
import Proresult

/// What a table holds, without instants and without the numbers that Visma gave documents in the order of their
/// arrival: two databases with equal digests hold the same business.
struct TableDigest: Sendable {
    let table: String
    let rows: Int
    let digest: String

    struct Report: Encodable {
        var rows: Int
        var digest: String
    }

    var report: Report { Report(rows: rows, digest: digest) }

    init<Record: CompanyRecord>(_ records: [Record]) {
        table = Record.kind.rawValue
        rows = records.count
        let kept = Record.columns.indices.filter { index in
            !Record.columns[index].hasSuffix("_at") && Record.columns[index] != "transferred_reference"
        }
        var lines = records.map { record in
            let values = record.values
            return kept.map { Self.text(values[$0]) }.joined(separator: "\u{1F}")
        }
        lines.sort()
        digest = SHA256.hash(data: Data(lines.joined(separator: "\u{1E}").utf8)).prefix(8)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func text(_ value: SQLValue) -> String {
        switch value {
        case .null: "-"
        case .integer(let number): "i\(number)"
        case .text(let text): "t\(text)"
        }
    }

    static func all(in transaction: CompanyTransaction) throws -> [TableDigest] {
        guard let first = CalendarDate(year: 1900, month: 1, day: 1),
            let last = CalendarDate(year: 2199, month: 12, day: 31)
        else { return [] }
        let projects = try Project.all(includingClosed: true, in: transaction)
        return [
            TableDigest(try Customer.all(in: transaction)), TableDigest(projects),
            TableDigest(try ProjectWorkType.find(projectIDs: projects.map(\.id), in: transaction)),
            TableDigest(try ItemGroup.all(in: transaction)), TableDigest(try Item.all(in: transaction)),
            TableDigest(try Worker.all(in: transaction)),
            TableDigest(try HourEntry.all(from: first, to: last, in: transaction)),
            TableDigest(try Withdrawal.all(from: first, to: last, in: transaction)),
        ]
    }
}
