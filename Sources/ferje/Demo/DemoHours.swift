import Foundation
import Persistence
import Proresult

/// Three weeks of hours as a contractor has them: mostly approved, some with overtime, and some for each reason that
/// holds hours back.
struct DemoHours {
    let sites: DemoSites
    let calendar: DemoCalendar
    let randomness: Randomness
    let leader = DemoCompany.leader

    /// Fills the hours of one worker; `index` is the worker's place among all.
    func fill(_ worker: Worker, index: Int, seed: UInt64, in transaction: CompanyTransaction) throws {
        var numbers = SeededNumbers(seed: seed &+ UInt64(index) &* 1009)
        let usual = (0..<3).compactMap {
            sites.ordinary.isEmpty ? nil : sites.ordinary[(index + $0 * 4) % sites.ordinary.count]
        }
        for day in calendar.workingDays {
            guard let site = numbers.pick(usual) else { return }
            if numbers.chance(percent: 30), let other = numbers.pick(usual) {
                try work(worker, site, day, hundredths: 400, &numbers, in: transaction)
                try work(worker, other, day, hundredths: 350, &numbers, in: transaction)
            } else {
                let overtime = numbers.below(100)
                let extra = overtime < 20 ? [100, 150, 200, 250][numbers.below(4)] : 0
                try work(
                    worker, site, day, hundredths: 750 + extra, overtime50: overtime < 14 ? extra : 0,
                    overtime100: overtime < 14 ? 0 : extra, &numbers, in: transaction)
            }
        }
    }

    private func work(
        _ worker: Worker, _ site: DemoSite, _ day: CalendarDate, hundredths: Int, overtime50: Int = 0,
        overtime100: Int = 0, _ numbers: inout SeededNumbers, in transaction: CompanyTransaction
    ) throws {
        guard let task = numbers.pick(site.tasks) else { return }
        let billable = numbers.chance(percent: 12) ? hundredths - 50 : hundredths
        let draft = HourEntryDraft(
            workerID: worker.id, projectID: site.project.id, projectWorkTypeID: task.id, date: day,
            total: Self.hours(hundredths), overtime50: Self.hours(overtime50), overtime100: Self.hours(overtime100),
            billableHours: Self.hours(billable))
        // Nobody has come round to approving the last day yet.
        try register(draft, approved: day < calendar.today, in: transaction)
    }

    /// The hours with which something is in the way.
    func fillAwkward(_ workers: [Worker], in transaction: CompanyTransaction) throws {
        let linked = workers.filter { $0.vismaEmployeeNumber != nil }
        let isAdmitted = { (worker: Worker) in sites.admitted.contains(worker.vismaEmployeeNumber ?? "") }
        guard let insider = linked.first(where: isAdmitted), let worker = linked.first(where: { !isAdmitted($0) }),
            let day = calendar.workingDays.dropFirst(2).first, let site = sites.ordinary.first,
            let task = site.tasks.first
        else { return }
        func entry(_ site: DemoSite?, _ workType: ProjectWorkType?, on date: CalendarDate) throws -> HourEntry? {
            guard let site, let workType = workType ?? site.tasks.first else { return nil }
            return try register(
                HourEntryDraft(
                    workerID: worker.id, projectID: site.project.id, projectWorkTypeID: workType.id, date: date,
                    total: Self.hours(100)), approved: true, in: transaction)
        }
        _ = try entry(sites.suspended, nil, on: day)
        _ = try entry(sites.closing, nil, on: day)
        _ = try entry(sites.losingTask, sites.losingTask?.tasks.first, on: day)
        _ = try entry(sites.losingTask, sites.losingTask?.tasks.last, on: day)
        // Two in one document, so that Visma's no to one of them splits it.
        _ = try entry(sites.restricted, nil, on: day)
        if let restricted = sites.restricted, let workType = restricted.tasks.first {
            try register(
                HourEntryDraft(
                    workerID: insider.id, projectID: restricted.project.id, projectWorkTypeID: workType.id, date: day,
                    total: Self.hours(100)), approved: true, in: transaction)
        }
        _ = try entry(site, task, on: calendar.before(calendar.firstDay(monthsAgo: 1), count: 4).last ?? day)
        _ = try entry(site, task, on: calendar.before(calendar.firstDay(monthsAgo: 2), count: 4).last ?? day)
        try fillRejected(worker, site, task, day, in: transaction)
        try fillOwn(worker, site, day, in: transaction)
    }

    private func fillRejected(
        _ worker: Worker, _ site: DemoSite, _ task: ProjectWorkType, _ day: CalendarDate,
        in transaction: CompanyTransaction
    ) throws {
        let entry = try register(
            HourEntryDraft(
                workerID: worker.id, projectID: site.project.id, projectWorkTypeID: task.id, date: day,
                total: Self.hours(200)), approved: false, in: transaction)
        try HourEntry.reject(
            entry.id, by: leader, comment: "Ført på feil dag", at: transaction.now(), randomness: randomness,
            in: transaction)
    }

    /// What is Proresult's own: a work type that Visma does not know, a project that is not linked, and absence.
    private func fillOwn(
        _ worker: Worker, _ site: DemoSite, _ day: CalendarDate, in transaction: CompanyTransaction
    ) throws {
        let own = try WorkType.create(
            WorkType(id: WorkTypeID(using: randomness), number: "", name: "Rydding"), in: transaction)
        let local = try Project.create(
            Project(id: ProjectID(using: randomness), number: "LOKAL-1", name: "Eget verksted"), in: transaction)
        let absence = try Project.create(
            Project(id: ProjectID(using: randomness), number: "FRAVÆR", name: "Ferie/fravær", kind: .absence),
            in: transaction)
        for project in [site.project.id, local.id, absence.id] {
            let workType = try ProjectWorkType.add(
                own.id, to: project, id: ProjectWorkTypeID(using: randomness), in: transaction)
            try register(
                HourEntryDraft(
                    workerID: worker.id, projectID: project, projectWorkTypeID: workType.id, date: day,
                    total: Self.hours(50)), approved: true, in: transaction)
        }
    }

    @discardableResult
    private func register(
        _ draft: HourEntryDraft, approved: Bool, in transaction: CompanyTransaction
    ) throws -> HourEntry {
        let now = try transaction.now()
        let entry = try HourEntry.register(
            draft, id: HourEntryID(using: randomness), from: .delivery, by: leader, today: calendar.today, at: now,
            in: transaction)
        guard approved else { return entry }
        return try HourEntry.approve(entry.id, by: leader, at: now, randomness: randomness, in: transaction)
    }

    static func hours(_ hundredths: Int) -> Decimal {
        Decimal(sign: .plus, exponent: -2, significand: Decimal(hundredths))
    }
}
