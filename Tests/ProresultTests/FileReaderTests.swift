import Foundation
import Testing

@testable import Proresult

/// What the reader makes of a file's text, before any rule of the business.
@Suite struct FileReaderTests {
    struct Trap: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        /// Number and name of each item, or the fault with its line.
        let expected: [String]
        var testDescription: String { name }
    }

    static let csv = [
        Trap(name: "semicolon", text: "number;name\n1;Spiker\n", expected: ["1=Spiker"]),
        Trap(name: "comma", text: "number,name\n1,Spiker", expected: ["1=Spiker"]),
        Trap(name: "CRLF", text: "number;name\r\n1;Spiker\r\n2;Skrue\r\n", expected: ["1=Spiker", "2=Skrue"]),
        Trap(name: "CR", text: "number;name\r1;Spiker\r2;Skrue", expected: ["1=Spiker", "2=Skrue"]),
        Trap(name: "byte order mark", text: "\u{FEFF}number;name\n1;Spiker", expected: ["1=Spiker"]),
        Trap(name: "blank lines", text: "\nnumber;name\n\n1;Spiker\n\n", expected: ["1=Spiker"]),
        Trap(name: "empty cells", text: "number;name\n;\n1;Spiker\n;;;", expected: ["1=Spiker"]),
        Trap(name: "spaces", text: "number ; name\n 1 ; Spiker ", expected: ["1=Spiker"]),
        Trap(name: "Norwegian headings", text: "Varenr.;NAVN\n1;Spiker", expected: ["1=Spiker"]),
        Trap(name: "quoted separator", text: "number;name\n1;\"a;b\"", expected: ["1=a;b"]),
        Trap(name: "doubled mark", text: "number;name\n1;\"2\"\" plank\"", expected: ["1=2\" plank"]),
        Trap(name: "line end in quotes", text: "number;name\n1;\"a\r\nb\"\n2;c", expected: ["1=a\r\nb", "2=c"]),
        Trap(name: "comma in a semicolon file", text: "number;name\n1;a,b", expected: ["1=a,b"]),
        Trap(name: "quoted semicolon in the heading", text: "number,\"name\"\n1,a;b", expected: ["1=a;b"]),
        Trap(name: "stray mark", text: "number;name\n1;2\" plank\n2;b", expected: ["strayQuote@2", "2=b"]),
        Trap(name: "text after the mark", text: "number;name\n1;\"a\"b\n2;b", expected: ["strayQuote@2", "2=b"]),
        Trap(name: "too few cells", text: "number;name\n1\n2;b", expected: ["cellCount@2", "2=b"]),
        Trap(name: "too many cells", text: "number;name\n1;a;\n2;b", expected: ["cellCount@2", "2=b"]),
        Trap(
            name: "line after quoted line ends", text: "number;name\n1;\"a\n\n\"\n2", expected: ["1=a", "cellCount@5"]),
        Trap(name: "the same number twice", text: "number;name\n1;a\n1;b", expected: ["1=a", "doubleKey@3"]),
        Trap(name: "open mark", text: "number;name\n1;\"a\n2;b", expected: ["openQuote@2"]),
        Trap(name: "unknown column", text: "number;name;colour\n1;a;b", expected: ["unknownColumn@1"]),
        Trap(name: "column twice", text: "number;name;navn\n1;a;b", expected: ["doubleColumn@1"]),
        Trap(name: "column missing", text: "number;unit\n1;a", expected: ["missingColumn@1"]),
        Trap(name: "only a heading", text: "number;name\n", expected: ["hasNoRows"]),
        Trap(name: "nothing", text: "", expected: ["hasNoRows"]),
        Trap(name: "NUL", text: "number;name\n1;a\0", expected: ["notUTF8"]),
        Trap(name: "other kind", text: "kind;number;name\nhours;1;a\nvarer;2;b", expected: ["otherKind@2", "2=b"]),
    ]

    @Test(arguments: csv)
    func csvTraps(trap: Trap) { #expect(Self.read("items.csv", trap.text) == trap.expected) }

    static let json = [
        Trap(name: "array", text: #"[{"number": "1", "name": "a"}]"#, expected: ["1=a"]),
        Trap(name: "by kind", text: #"{"items": [{"number": 1, "name": "a"}]}"#, expected: ["1=a"]),
        Trap(name: "byte order mark", text: "\u{FEFF}[{\"number\": 1, \"name\": \"a\"}]", expected: ["1=a"]),
        Trap(
            name: "escapes", text: #"[{"number": 1, "name": "\u00e5\"\\\/\t\ud83d\ude00."}]"#,
            expected: ["1=å\"\\/\t😀."]),
        Trap(name: "null is no value", text: #"[{"number": 1, "name": null}]"#, expected: ["1="]),
        Trap(
            name: "long number", text: #"[{"number": 0.1000000000000000055, "name": "a"}]"#,
            expected: ["0.1000000000000000055=a"]),
        Trap(
            name: "unknown member", text: "[\n{\"number\": 1,\n\"colour\": 2}, {\"number\": 2, \"name\": \"b\"}]",
            expected: ["unknownColumn@3", "2=b"]),
        Trap(name: "two names of one column", text: #"[{"number": 1, "varenr": 2}]"#, expected: ["doubleColumn@1"]),
        Trap(name: "nested value", text: #"[{"number": 1, "name": ["a"]}]"#, expected: ["notPlainValue@1"]),
        Trap(name: "not an object", text: #"[1, {"number": 2, "name": "b"}]"#, expected: ["notARow@1", "2=b"]),
        Trap(name: "unknown kind", text: #"{"itmes": []}"#, expected: ["unknownColumn@1"]),
        Trap(name: "empty array", text: "[]", expected: ["hasNoRows"]),
        Trap(name: "member twice", text: #"[{"number": 1, "number": 2}]"#, expected: ["notJSON@1"]),
        Trap(name: "trailing comma", text: #"[{"number": 1,}]"#, expected: ["notJSON@1"]),
        Trap(name: "cut", text: "[{\"number\": 1,\n", expected: ["notJSON@2"]),
        Trap(name: "cut in a text", text: #"[{"number": "1"#, expected: ["notJSON@1"]),
        Trap(name: "cut in an escape", text: #"[{"number": "\u00"#, expected: ["notJSON@1"]),
        Trap(name: "more after the end", text: "[] []", expected: ["notJSON@1"]),
        Trap(name: "leading zero", text: #"[{"number": 01}]"#, expected: ["notJSON@1"]),
        Trap(name: "NaN", text: #"[{"number": NaN}]"#, expected: ["notJSON@1"]),
        Trap(name: "raw line end in a text", text: "[{\"number\": \"1\n\"}]", expected: ["notJSON@1"]),
        Trap(name: "escaped NUL", text: #"[{"number": "\u0000"}]"#, expected: ["notJSON@1"]),
        Trap(name: "half a pair", text: #"[{"number": "\ud83d"}]"#, expected: ["notJSON@1"]),
        Trap(name: "sign in an escape", text: #"[{"number": "\u+123"}]"#, expected: ["notJSON@1"]),
        Trap(name: "too deep", text: String(repeating: "[", count: 100_000), expected: ["tooDeep@1"]),
    ]

    @Test(arguments: json)
    func jsonTraps(trap: Trap) { #expect(Self.read("items.json", trap.text) == trap.expected) }

    @Test func otherEncodingsAreRefused() {
        #expect(
            Self.read("items.csv", bytes: Array("number;name\n1;gr\u{e5}".unicodeScalars.map { UInt8($0.value) })) == [
                "notUTF8"
            ])
    }

    @Test func limitsHold() {
        #expect(Self.read("items.csv", bytes: Array(repeating: 0x20, count: (32 << 20) + 1)) == ["tooLarge"])
        let rows = "number;name\n1;a\n2;b\n3;c\n"
        #expect(throws: FileFaultAt(fault: .tooManyRows(limit: 2))) {
            try FileReader.rows(name: "items.csv", bytes: Array(rows.utf8), rowLimit: 2)
        }
        #expect(throws: Never.self) { try FileReader.rows(name: "items.csv", bytes: Array(rows.utf8), rowLimit: 3) }
    }

    @Test(
        arguments: [
            ("x.csv", "employeeNumber;name\n1;a", FileKind.workers), ("x.csv", "number;name\n1;a", .items),
            ("x.csv", "reference;employeeNumber;projectNumber;date;total\n1;a;b;c;d", .hours),
            ("x.csv", "reference;employeeNumber;date;quantity\n1;a;b;c", .withdrawals),
            ("x.csv", "type;varenr;navn\nvarer;1;a", .items), ("mappe/Timer uke 47.csv", "dato\n1", nil),
            ("x.csv", "name\na", nil),
        ] as [(String, String, FileKind?)])
    func theKindIsToldByNameOrColumns(name: String, text: String, kind: FileKind?) {
        let rows = try? FileReader.rows(name: name, bytes: Array(text.utf8))
        #expect((try? rows?.first?.get())?.kind == kind)
    }

    @Test(
        arguments: [
            ("7,5", true, "7.5"), ("7.5", true, "7.5"), ("7,5", false, nil), ("1 000,5", true, nil),
            ("1.000,5", true, nil),
            ("1e3", false, nil), ("-2", false, "-2"), ("", true, nil), ("1,2,3", true, nil), ("0x10", true, nil),
        ] as [(String, Bool, String?)])
    func numbersAreReadExactly(text: String, allowsComma: Bool, number: String?) {
        let row = FileRow(
            file: "f", line: 2, kind: .items, cells: [.salesPrice: text], allowsDecimalComma: allowsComma)
        #expect((try? row.decimal(.salesPrice)) == number.map(decimal))
    }

    @Test(arguments: [
        ("2026-11-24", true), ("24.11.2026", true), ("2026-02-30", false), ("31.11.2026", false), ("24/11/2026", false),
        ("4.1.2026", false), ("46350", false),
    ])
    func datesAreRead(text: String, isDate: Bool) {
        let row = FileRow(file: "f", line: 2, kind: .hours, cells: [.date: text], allowsDecimalComma: true)
        #expect(((try? row.date(.date)) != nil) == isDate)
    }

    private static func read(_ name: String, _ text: String) -> [String] { read(name, bytes: Array(text.utf8)) }

    private static func read(_ name: String, bytes: [UInt8]) -> [String] {
        do {
            return try FileReader.rows(name: name, bytes: bytes).map { row in
                switch row {
                case .success(let row): "\(row.text(.number) ?? "")=\(row.text(.name) ?? "")"
                case .failure(let fault): describe(fault)
                }
            }
        } catch {
            return [describe(error)]
        }
    }

    /// The case's name and the line.
    private static func describe(_ fault: FileFaultAt) -> String {
        let name = "\(fault.fault)".prefix { $0 != "(" }
        return fault.line.map { "\(name)@\($0)" } ?? String(name)
    }
}
