import Crypto
import Foundation
import Sync
import VismaNet

/// A value of a list that Visma.net did not have when this was written, where guessing would do harm.
struct UnknownValue: Error {
    var key: String
    var path: String
    var text: String
}

extension ERPPage {
    /// Maps the rows that the client could read; what cannot be mapped joins the unreadable ones.
    init<Source>(_ page: Page<Source>, _ map: (Source) throws(UnknownValue) -> Row) {
        var rows: [Row] = []
        var unreadable = page.quarantined.map {
            ERPUnreadableRow(key: $0.key, path: $0.path, reason: $0.reason, digest: $0.digest)
        }
        for source in page.rows {
            do {
                rows.append(try map(source))
            } catch {
                unreadable.append(ERPUnreadableRow(error))
            }
        }
        self.init(rows: rows, unreadable: unreadable, total: page.totalCount, isLast: page.isLast)
    }
}

extension ERPUnreadableRow {
    fileprivate init(_ value: UnknownValue) {
        let digest = SHA256.hash(data: Data("\(value.path)=\(value.text)".utf8))
        self.init(
            key: value.key, path: value.path, reason: "'\(value.text.prefix(40))' is not a known value",
            digest: Hex.text(digest))
    }
}

extension String {
    var trimmed: String { unpadded }
}
