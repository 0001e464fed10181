import Foundation
import HTTPTypes
import Persistence
import Proresult
import Sync
import TestSupport
import Testing

@testable import Web

extension WebBench {
    /// Kari's approved hours on P-1, linked or not; the ids are those given.
    func approveHours(_ ids: String..., linked: Bool = true) async throws {
        let (now, randomness) = (clock.now, office.randomness)
        try await write { transaction in
            if linked {
                _ = try Worker.link(WorkerID("firma-kari"), vismaEmployeeNumber: "7", in: transaction)
            }
            let leader = Actor(username: "leader", role: .leader)
            let project = try #require(try Project.find(number: "P-1", in: transaction))
            let workTypes = try ProjectWorkType.find(projectIDs: [project.id], in: transaction)
            let workType = try #require(workTypes.first { $0.origin == .visma && $0.isOpen })
            let day = try #require(CalendarDate("2026-11-16"))
            for id in ids {
                let draft = HourEntryDraft(
                    workerID: WorkerID("firma-kari"), projectID: project.id, projectWorkTypeID: workType.id,
                    date: day, total: 2)
                try HourEntry.register(
                    draft, id: HourEntryID(id), by: leader, today: day, at: now, in: transaction)
                try HourEntry.approve(
                    HourEntryID(id), by: leader, at: now, randomness: randomness, in: transaction)
            }
        }
    }

    /// The only document, after Kari's hours have gone over.
    func sentDocument() async throws -> ExportDocument {
        try await connectAndImport()
        try await approveHours("h1")
        clock.advance(by: .seconds(60))
        _ = try await write { try $0.requestRun(of: .hours, by: "test") }
        try await runDue()
        return try await documents()[0]
    }

    func documents() async throws -> [ExportDocument] {
        try await read { try $0.documents(.hours, in: ExportDocument.State.allCases) }
    }

    /// As if the document had been found twice.
    func putUnderReview(_ document: ExportDocument) async throws {
        _ = try await write { transaction in
            try transaction.execute(
                "DELETE FROM outbox WHERE company_id = \(Self.company) AND document_id = \(document.id)")
            try transaction.execute(
                """
                UPDATE export_document SET state = 'needsReview',
                    explanation = 'duplicate found: PM<1>, PM2 carry the same reference'
                WHERE company_id = \(Self.company) AND id = \(document.id)
                """)
        }
    }

    func count(_ sql: SQL) async throws -> Int { try await read { try $0.first(sql)?.get("n") ?? 0 } }
}

extension Browser {
    /// Shows the password again, as before a decision.
    func prove() async throws {
        try await get("/bekreft")
        let page = try await post("/bekreft", ["passord": WebBench.password, "til": "/konto"])
        #expect(page.status == .seeOther)
        try await get("/konto")
    }
}
