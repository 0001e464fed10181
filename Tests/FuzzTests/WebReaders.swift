import Persistence

@testable import Sync
@testable import Web

/// What comes from browsers, and our own marks that come back from the ERP.
extension FuzzedReader {
    static let ofWeb: [FuzzedReader] = [
        FuzzedReader(
            name: "forms",
            corpus: [
                "dato=2026-11-16&timer=7%2C5&kommentar=a+b%0D%0Ac", "a&b=&=c&a=%C3%B8",
                "\u{FEFF}\u{FEFF}a=\u{FEFF}\u{FEFF}b",
            ]
        ) { bytes in
            guard let fields = Fields(urlEncoded: text(bytes)) else { return true }
            return Fields(urlEncoded: fields.query.dropFirst()) == fields
        },
        FuzzedReader(name: "notices in cookies", corpus: [Notice(text: "Lagret.", isTrouble: true).encoded, "SGVp"]) {
            bytes in
            guard let notice = Notice.decoded(text(bytes)) else { return true }
            return Notice.decoded(notice.encoded) == notice
        },
        FuzzedReader(name: "instants in queries", corpus: ["2026-11-16T10:00:00Z", "2026-11-16T10:00:00.123+01:00"]) {
            bytes in
            Timestamp(iso8601: text(bytes)).map { abs($0.milliseconds) < 1_000_000_000_000_000 } ?? true
        },
        FuzzedReader(
            name: "references in the ERP's texts",
            corpus: ["\(DocumentReference(ExportDocumentID("d"))) Ferje timer 202611", "prx-0 PRX-0"]
        ) { bytes in
            DocumentReference(in: text(bytes)).map { DocumentReference(in: "x \($0) y") == $0 } ?? true
        },
        FuzzedReader(name: "stored changes of the set-up check", corpus: ["name\u{1F}a\u{1F}b\u{1E}closed"]) { bytes in
            let stored = text(bytes)
            return SetUpReport.Change.read(stored).count <= stored.split(separator: "\u{1E}").count
        },
    ]
}
