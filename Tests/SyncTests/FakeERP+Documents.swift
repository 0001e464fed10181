import Foundation
import Persistence
import Sync

extension FakeERP {
    /// A document as the ERP holds it, under the project, period and day that it can be searched by.
    struct StoredDocument: Sendable {
        var document: ERPDocument
        var project: String
        var period: String
        var day: String
    }

    /// What one post comes to.
    struct ScriptedPost: Sendable {
        var isStored: Bool
        /// What the sender is told, given the number that the document got or would have got.
        var answer: @Sendable (_ number: String) -> ERPPostOutcome

        static let stored = ScriptedPost(isStored: true) { .created(number: $0, version: "1") }
        static let storedWithoutAnswer = ScriptedPost(isStored: true) { _ in .unknown("the answer was lost") }
        static let lost = ScriptedPost(isStored: false) { _ in .unknown("the connection was reset") }
        static func queued(_ job: String) -> ScriptedPost {
            ScriptedPost(isStored: false) { _ in .accepted(job: job) }
        }
        static func refused(_ why: String) -> ScriptedPost { ScriptedPost(isStored: false) { _ in .refused(why) } }
        static func notSent(_ error: ERPError) -> ScriptedPost {
            ScriptedPost(isStored: false) { _ in .notSent(error) }
        }
        static func notApplied(_ error: ERPError) -> ScriptedPost {
            ScriptedPost(isStored: false) { _ in .notApplied(error) }
        }
    }

    /// What one change of a document comes to.
    enum ScriptedFill: Sendable {
        case done
        /// The lines go in, nobody is told.
        case doneWithoutAnswer
        /// Nothing happens, nobody is told.
        case lost
        case notApplied(ERPError)
    }

    func post(_ document: ProjectTransaction, _ mode: ExportMode) async -> ERPPostOutcome {
        if let onPost = change(\.onPost) { await onPost() }
        return change { world in
            world.calls.append("post")
            if mode == .shell, !world.takesEmpty { return .refused("The document has no lines.") }
            if mode == .plain, let why = world.refuses?(document) { return .refused(why) }
            let number = "PM" + String(world.stored.count + 1)
            let script = world.scriptedPosts.isEmpty ? .stored : world.scriptedPosts.removeFirst()
            if script.isStored { world.store(document, mode, number: number) }
            return script.answer(number)
        }
    }

    func fill(_ document: ProjectTransaction, number: String, version: String) async -> ERPFillOutcome {
        if let onFill = change(\.onFill) { await onFill() }
        return change { world in
            world.calls.append("fill \(number)")
            let script = world.scriptedFills.isEmpty ? .done : world.scriptedFills.removeFirst()
            if case .notApplied(let error) = script { return .notApplied(error) }
            if case .lost = script { return .unknown("the connection was reset") }
            let outcome = world.change(number, version, refusedBy: world.refuses?(document)) { stored in
                stored.description = document.description
                stored.status = .balanced
                stored.lines += FakeERP.World.lines(of: document)
            }
            if case .doneWithoutAnswer = script { return .unknown("the answer was lost") }
            return outcome
        }
    }

    func describe(_ text: String, number: String, version: String) async -> ERPFillOutcome {
        change { world in
            world.calls.append("describe \(number)")
            return world.change(number, version, refusedBy: nil) { $0.description = text }
        }
    }

    func documents(project: String?, period: String, createdFrom day: CalendarDate?) async throws -> [ERPDocument] {
        if let onList = change(\.onList) { await onList() }
        return try change { world in
            world.calls.append("documents \(project ?? "of all projects") \(period)")
            if let fault = world.searchFault { throw fault }
            return world.stored.filter {
                (project == nil || $0.project == project) && $0.period == period
                    && $0.day >= day?.description ?? "" && !world.gone.contains($0.document.number)
                    && (world.listsEmpty || !$0.document.lines.isEmpty)
            }.map { stored in
                var document = stored.document
                if world.listsWithoutLines { document.lines = [] }
                return document
            }
        }
    }

    func queuedCall(_ job: String) async throws -> ERPQueuedCall {
        change { world in
            world.calls.append("queued call \(job)")
            return world.queuedCalls[job] ?? .vanished
        }
    }

    func document(number: String) async throws -> ERPDocument? {
        try change { world in
            world.calls.append("document \(number)")
            if let fault = world.searchFault { throw fault }
            return world.stored.map(\.document).first { $0.number == number && !world.gone.contains(number) }
        }
    }
}

extension FakeERP.World {
    /// A person there changes a document, or removes it with what means the ERP has.
    mutating func edit(_ number: String, _ body: (inout ERPDocument) -> Void) {
        for index in stored.indices where stored[index].document.number == number { body(&stored[index].document) }
    }

    /// A person there enters the same document once more.
    mutating func copy(_ number: String, as other: String) {
        guard var copy = stored.first(where: { $0.document.number == number }) else { return }
        copy.document.number = other
        stored.append(copy)
    }

    /// A change that only one version accepts.
    fileprivate mutating func change(
        _ number: String, _ version: String, refusedBy why: String?, _ body: (inout ERPDocument) -> Void
    ) -> ERPFillOutcome {
        guard let index = stored.firstIndex(where: { $0.document.number == number }), !gone.contains(number) else {
            return .unknown("404")
        }
        guard stored[index].document.version == version else { return .stale }
        if let why { return .refused(why) }
        body(&stored[index].document)
        stored[index].document.version = version + "+"
        return .done
    }

    /// Also for a document that arrives late, after its sender has given up.
    mutating func store(_ document: ProjectTransaction, _ mode: ExportMode = .plain, number: String) {
        stored.append(
            FakeERP.StoredDocument(
                document: ERPDocument(
                    number: number, description: document.description, status: mode == .shell ? .hold : .balanced,
                    version: "1", lines: mode == .shell ? [] : Self.lines(of: document)),
                project: document.project, period: document.period, day: documentDay))
    }

    fileprivate static func lines(of document: ProjectTransaction) -> [ERPDocument.Line] {
        document.lines.map { line in
            ERPDocument.Line(
                date: line.date, employee: line.employee, project: document.project, task: line.task, item: line.item,
                quantity: line.quantity.value, rate: line.rate.value, amount: line.amount,
                debitAccount: line.debitAccount, creditAccount: line.creditAccount, description: line.description)
        }
    }
}
