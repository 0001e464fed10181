import Foundation
import Persistence
import Proresult
import Sync
import Synchronization
import TestSupport
import VismaNetSandbox

extension World {
    /// What people and their ERP do when its time has come.
    func happen() async throws {
        while let next = takeDue() {
            do {
                try await carryOut(next)
            } catch let refusal as ProresultError {
                tell("person", "is told: \(refusal.english)")
            }
        }
    }

    private func takeDue() -> Weather.Happening? {
        let now = clock.erp
        return state.withLock { state in
            guard let first = state.agenda.first, first.at <= now else { return nil }
            state.agenda.removeFirst()
            if first.what.needsQuiet, state.depth > 0 || state.lateUntil > now {
                // The promise does not hold for a clock that is put forward while a request lingers, and a
                // database is not replaced under a process that stands still.
                let later = now + .seconds(600)
                let index = state.agenda.firstIndex { $0.at > later } ?? state.agenda.endIndex
                if !state.isCalm { state.agenda.insert((later, first.what), at: index) }
                return nil
            }
            return first.what
        }
    }

    private func carryOut(_ what: Weather.Happening) async throws {
        switch what {
        case .hours(let record): try await register(record)
        case .edit(let record): try await edit(record)
        case .withdrawal(let record): try await takeOut(record)
        case .goodsBack(let index, let id): try await bringBack("w\(index)", as: id)
        case .request(let job, let company):
            tell("person", "asks for \(job.rawValue)")
            _ = try await inCompany(company) { try $0.requestRun(of: job, by: "kontoret") }
        case .jump(let jump):
            tell("our clock", "jumps by \(jump.components.seconds) s")
            clock.jump(jump)
            state.withLock { state in
                state.struck.insert(.clockJumps)
                // By our own clock another time has come.
                state.watch.gateUntil = [:]
            }
        case .backup: try await backUp()
        case .restore: try await restore()
        case .upgrade: upgrade()
        case .erp(let edit): change(edit)
        case .hook(let way): try await sendHooks(way)
        case .hookArrives(let mail): try await receive(mail)
        }
    }

    func inCompany<Answer: Sendable>(
        _ index: Int, _ body: @Sendable (CompanyTransaction) throws -> Answer
    ) async throws -> Answer {
        try await database.transaction(company: Haven.companies[index], body)
    }

    private func register(_ record: Weather.Record) async throws {
        let (now, seed) = (clock.now, weather.seed)
        tell("person", "registers \(record.id)")
        try await inCompany(record.company) { transaction in
            guard let today = CalendarDate(inNorwayAt: now), let draft = try record.draft(in: transaction) else {
                return
            }
            try HourEntry.register(
                draft, id: HourEntryID(record.id), by: Haven.leader, today: today, at: now, in: transaction)
            try HourEntry.approve(
                HourEntryID(record.id), by: Haven.leader, at: now, randomness: .seeded(seed &+ record.number),
                in: transaction)
        }
    }

    /// One more hour, and approved again.
    private func edit(_ record: Weather.Record) async throws {
        var record = record
        record.hours += 1
        let (now, seed, changed) = (clock.now, weather.seed, record)
        tell("person", "changes \(record.id)")
        try await inCompany(record.company) { transaction in
            guard let today = CalendarDate(inNorwayAt: now), let draft = try changed.draft(in: transaction) else {
                return
            }
            try HourEntry.edit(
                HourEntryID(changed.id), to: draft, by: Haven.leader, today: today, in: transaction)
            try HourEntry.approve(
                HourEntryID(changed.id), by: Haven.leader, at: now, randomness: .seeded(seed &+ changed.number &+ 500),
                in: transaction)
        }
    }

    private func takeOut(_ record: Weather.Record) async throws {
        let now = clock.now
        tell("person", "takes out \(record.id)")
        try await inCompany(record.company) { transaction in
            guard let today = CalendarDate(inNorwayAt: now),
                let date = CalendarDate(year: 2026, month: 11, day: record.day),
                let project = try Project.find(number: Haven.projects[record.project], in: transaction),
                let item = try Item.find(erpIDs: [], numbers: ["ROR-22"], in: transaction).first
            else { return }
            try Withdrawal.register(
                WithdrawalDraft(
                    workerID: Haven.workers[record.worker], projectID: project.id, itemID: item.id, date: date,
                    quantity: Decimal(record.hours)), id: WithdrawalID(record.id), by: Haven.leader, today: today,
                at: now, in: transaction)
        }
    }

    private func bringBack(_ id: String, as returnID: String) async throws {
        let now = clock.now
        tell("person", "brings back one of \(id)")
        for company in Haven.companies.indices {
            try await inCompany(company) { transaction in
                guard let today = CalendarDate(inNorwayAt: now),
                    let taken = try Withdrawal.find([WithdrawalID(id)], in: transaction).first
                else { return }
                try Withdrawal.returnGoods(
                    of: taken.id, quantity: 1, by: taken.workerID, date: taken.date,
                    returnID: WithdrawalID(returnID), actor: Haven.leader, today: today, at: now, in: transaction)
            }
        }
    }

    // MARK: - Yesterday's backup

    private func backUp() async throws {
        tell("operator", "takes a backup")
        if let file = database as? SQLiteDatabase {
            try await file.backup(to: place.backup)
        } else if let rehearsal = database as? Rehearsal {
            try rehearsal.stage.copy(to: place.backup)
        } else {
            try await copyServer(back: false)
        }
        state.withLock { $0.hasBackup = true }
    }

    private func copyServer(back: Bool) async throws {
        let (own, place, haven) = (clock.own, place, haven)
        try await replaceDatabase { old in
            try await old.close()
            try await haven.copy(place, back: back)
            return try place.open(own)
        }
    }

    private func restore() async throws {
        guard state.withLock({ $0.hasBackup }) else { return }
        tell("operator", "restores the backup")
        let workers = state.withLock { state in
            defer { state.workers = [] }
            return state.workers
        }
        for worker in workers { worker.node.die(at: .restore) }
        if place.kind == .postgres {
            try await copyServer(back: true)
        } else if place.stage != nil {
            let (own, place) = (clock.own, place)
            try await replaceDatabase { old in
                try await old.close()
                return Rehearsal(on: try Stage(copyOf: place.backup), clock: own)
            }
        } else {
            let (own, place) = (clock.own, place)
            try await replaceDatabase { old in
                try await old.close()
                for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: place.file + ending) }
                try FileManager.default.copyItem(atPath: place.backup, toPath: place.file)
                return try place.open(own)
            }
        }
        state.withLock { state in
            state.reached.insert(.restore)
            state.wasRestored = true
            // What is forgotten may be asked for again; the judge's own books go on.
            state.watch.epochs = [:]
            state.watch.gateUntil = [:]
            state.watch.attempts = state.watch.writes
        }
    }

    // MARK: - In the ERP's own windows

    func change(_ edit: Weather.ERPEdit) {
        let tenant = Haven.tenants[0]
        let number = state.withLock { $0.dice.below(1000) }
        tell("ERP user", "\(edit) \(number)")
        switch edit {
        case .renameCustomer:
            sandbox.edit(tenant) { records, stamp in
                records.customers[number % records.customers.count].name = "Nytt navn \(number)"
                records.customers[number % records.customers.count].lastModified = stamp
            }
        case .renameProject:
            sandbox.changeProject(Haven.projects[number % 2], in: tenant) { $0.description = "Nytt bad \(number)" }
        case .changePrice:
            sandbox.edit(tenant) { records, stamp in
                records.items[number % records.items.count].description = "Vare \(number)"
                records.items[number % records.items.count].lastModified = stamp
            }
        case .closeTask:
            sandbox.edit(tenant) { records, stamp in
                records.tasks[records.tasks.count - 1].status = number.isMultiple(of: 2) ? "Completed" : "Active"
                records.tasks[records.tasks.count - 1].lastModified = stamp
            }
        case .everythingTouched:
            sandbox.edit(tenant) { records, stamp in
                for index in records.customers.indices { records.customers[index].lastModified = stamp }
                for index in records.projects.indices { records.projects[index].lastModified = stamp }
                for index in records.items.indices { records.items[index].lastModified = stamp }
            }
            strike(.everythingTouched)
        case .newCustomer:
            sandbox.edit(tenant) { records, stamp in
                var customer = records.customers[0]
                customer.internalID = 5000 + number
                customer.number = "2\(number)"
                customer.name = "Ny \(number)"
                customer.locations = []
                customer.lastModified = stamp
                guard !records.customers.contains(where: { $0.number == customer.number }) else { return }
                records.customers.insert(customer, at: 0)
            }
        case .deleteCustomer:
            sandbox.removeCustomer("10003", in: tenant)
        case .numberReused:
            strike(.numberReused)
            sandbox.edit(tenant) { records, stamp in
                guard let index = records.customers.firstIndex(where: { $0.number == "10002" }) else { return }
                records.customers[index].internalID = 9000 + number
                records.customers[index].lastModified = stamp
            }
        case .deleteAndBack:
            strike(.deletedAndBack)
            let gone = sandbox.records(tenant)?.customers.first { $0.number == "10003" }
            sandbox.removeCustomer("10003", in: tenant)
            if let gone, number.isMultiple(of: 2) { sandbox.upsert(gone, in: tenant) }
        case .changeDocument, .reverseDocument, .releaseDocument, .deleteDocument: handle(edit, number, tenant)
        }
    }

    private func handle(_ edit: Weather.ERPEdit, _ number: Int, _ tenant: String) {
        let documents = sandbox.snapshot().companies.first?.documents.filter { !$0.lines.isEmpty } ?? []
        guard !documents.isEmpty else { return }
        // Often the newest: it may still be in doubt here.
        let document = number.isMultiple(of: 3) ? documents[number % documents.count] : documents[documents.count - 1]
        strike(.erpUser)
        tell("ERP user", "\(edit) \(document.refNbr)")
        switch edit {
        case .changeDocument:
            sandbox.changeDocument(document.refNbr, in: tenant) { $0.lines[0].quantity += 1 }
            let now = clock.erp
            state.withLock { $0.watch.changedAt[document.refNbr] = now }
        case .reverseDocument: sandbox.reverse(document.refNbr, in: tenant)
        case .releaseDocument: sandbox.release(document.refNbr, in: tenant)
        default: sandbox.deleteDocument(document.refNbr, in: tenant)
        }
    }

    /// Where people work in the ERP's windows they often see a document before we have heard of it.
    func mayBeSeen(after fault: Fault) {
        guard weather.theme == .users || weather.goal?.faults.contains(.erpUser) == true, fault.storesInSilence else {
            return
        }
        let now = clock.erp
        state.withLock { state in
            guard state.dice.chance(50) else { return }
            let due = now + .seconds(state.dice.between(5...400))
            let index = state.agenda.firstIndex { $0.at > due } ?? state.agenda.endIndex
            state.agenda.insert((due, .erp(.changeDocument)), at: index)
        }
    }

    private func strike(_ fault: Fault) { state.withLock { _ = $0.struck.insert(fault) } }
}

extension Weather.Happening {
    var isAboutBackups: Bool {
        switch self {
        case .backup, .restore: true
        default: false
        }
    }

    /// Not while a request lingers or a process stands still.
    var needsQuiet: Bool {
        switch self {
        case .jump, .backup, .restore: true
        default: false
        }
    }
}

extension Weather.Record {
    var number: UInt64 { UInt64(id.dropFirst()) ?? 0 }

    func draft(in transaction: CompanyTransaction) throws -> HourEntryDraft? {
        guard let date = CalendarDate(year: 2026, month: 11, day: day),
            let project = try Project.find(number: Haven.projects[project], in: transaction),
            let task = try ProjectWorkType.find(projectIDs: [project.id], in: transaction)
                .first(where: { $0.vismaTaskID == "10" })
        else { return nil }
        return HourEntryDraft(
            workerID: Haven.workers[worker], projectID: project.id, projectWorkTypeID: task.id, date: date,
            total: Decimal(hours), overtime50: Decimal(min(overtime, hours)))
    }
}
