import Foundation
import Persistence

@testable import Proresult

/// What comes from files, and the values that all parts read.
extension FuzzedReader {
    static let ofProresult: [FuzzedReader] = [
        FuzzedReader(
            name: "files of hours",
            corpus: [
                "reference;worker;project;workType;date;total\nT1;1;P1;10;2026-11-16;7,5\n",
                "reference,worker,project,date,from,to\n\"T\"\"1\",1,P1,16.11.2026,07:00,15:00\n",
                #"{"hours":[{"reference":"T1","worker":"1","project":"P1","date":"2026-11-16","total":7.5}]}"#,
                #"[{"reference":"T1","worker":"1","overtime50":"2,00"}]"#,
            ]
        ) { bytes in
            try FileReader.rows(name: "hours.csv", bytes: bytes, rowLimit: 1000).count <= 1000
        },
        FuzzedReader(
            name: "JSON from a program", corpus: [#"{"externalID":"T-1","total":7.5,"list":[true,null,-0.50]}"#]
        ) { bytes in
            let node = try JSONNode.read(bytes)
            return node.line >= 1
        },
        FuzzedReader(name: "decimals", corpus: ["12.50", "-0.0001", "007", "12345678901234567890123456789012345678"]) {
            bytes in
            Decimal(exact: text(bytes)).map { Decimal(exact: $0.description) == $0 } ?? true
        },
        FuzzedReader(name: "days, weeks and clocks", corpus: ["2026-11-16", "2026-W47", "07:30"]) { bytes in
            let word = text(bytes)
            return (CalendarDate(word).map { CalendarDate($0.description) == $0 } ?? true)
                && (ISOWeek(word).map { ISOWeek($0.description) == $0 } ?? true)
                && (TimeOfDay(word).map { TimeOfDay($0.description) == $0 } ?? true)
        },
    ]
}
