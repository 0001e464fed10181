import Foundation
import Persistence
import TestSupport
import Testing

@testable import Sync

@Suite struct DocumentReferenceTests {
    let reference = DocumentReference(ExportDocumentID("document"))

    @Test func itIsFoundInWhateverTextAndCase() {
        for text in ["\(reference) Ferje timer 202611", "  \(reference.text.lowercased()),", "x \(reference)"] {
            #expect(DocumentReference(in: text) == reference, "\(text)")
        }
    }

    @Test func aPartOfItIsNotFound() {
        for text in [
            String(reference.text.dropLast()), "A\(reference)", "\(reference)B", "PRX-", "",
            reference.text.replacingOccurrences(of: "PRX-", with: ""),
        ] {
            #expect(DocumentReference(in: text) == nil, "\(text)")
        }
    }

    @Test func everyWrongCharacterIsNoticed() {
        let characters = Array(reference.text)
        for position in 4..<characters.count {
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" where other != characters[position] {
                var wrong = characters
                wrong[position] = other
                #expect(DocumentReference(in: String(wrong)) == nil)
            }
        }
    }

    @Test func twoReferencesInOneTextAreNone() {
        let other = DocumentReference(ExportDocumentID("other"))
        #expect(DocumentReference(in: "\(reference) \(other)") == nil)
    }

    @Test func theTagTellsDocumentSourceAndPartApart() {
        let lines: [(String, String, ExportCandidate.Line.Part)] = [
            ("d1", "s", .ordinary), ("d2", "s", .ordinary), ("d1", "t", .ordinary), ("d1", "s", .goods),
        ]
        let tags = lines.map { document, source, part in
            DocumentReference(ExportDocumentID(document)).lineTag(source: source, part: part)
        }
        #expect(Set(tags).count == 4)
        #expect(tags.allSatisfy { $0.count == 10 })
    }
}

@Suite struct ScheduleTests {
    let company = CompanyID("company")

    @Test func theNextSlotIsWithinAnHourAndAfterNow() {
        for minute in stride(from: Int64(0), to: 180, by: 7) {
            let now = Timestamp.testStart + .seconds(minute * 60)
            let next = Schedule.nextHourly(after: now, company: company)
            #expect(next > now)
            #expect(next <= now + .seconds(3600))
        }
    }

    @Test func companiesAreSpreadOverTheHour() {
        let minutes = Set(
            (0..<200).map { number in
                Schedule.nextHourly(after: .testStart, company: CompanyID("company \(number)")).milliseconds
                    % 3_600_000 / 60_000
            })
        #expect(minutes.count > 40)
        #expect(minutes.allSatisfy { $0 < 50 })
    }

    @Test func theNightIsTheLastOneThatBegan() {
        let night = Schedule.lastNightly(before: .testStart, company: company)
        #expect(night <= .testStart)
        #expect(night > Timestamp.testStart - .seconds(86_400))
        #expect(Schedule.lastNightly(before: night, company: company) == night)
        #expect(Schedule.lastNightly(before: night - .seconds(1), company: company) == night - .seconds(86_400))
    }

    @Test func waitsDoubleAndObeyTheHint() {
        #expect(Backoff.delay(afterFailures: 1, hint: nil) == .seconds(30))
        #expect(Backoff.delay(afterFailures: 3, hint: nil) == .seconds(120))
        #expect(Backoff.delay(afterFailures: 1000, hint: nil) == .seconds(1800))
        #expect(Backoff.delay(afterFailures: 1, hint: .seconds(90)) == .seconds(90))
        #expect(Backoff.delay(afterFailures: 1, hint: .seconds(999_999)) == .seconds(3600))
    }
}
