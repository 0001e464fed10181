import Persistence
import Proresult

/// Every reading of a page, as the pages do it: what the tests count and explain and the benchmark times.
public enum ShoreReading: String, CaseIterable, Sendable {
    case customersByNumber, customersByName, customersByPlaceDownwards, customersLastPage, customersSearched
    case customersNotFound, customerCard
    case projectsByNumber, projectsByNameWithClosed, projectsOfManager, projectsSearched, projectCard
    case itemsByNumber, itemsByPrice, itemsOfMainGroup, itemsSearched, itemGroups
    case workersByName, workersUnlinked, unlinkedWithWaitingHours
    case hoursOfWeek, hoursOfWorkersYear, hoursOfProject, hoursWaitingLastPage, weekOfAll, weekOfWorker, lastDay
    case choosableProjects, choosableProjectsSearched, choosableWorkTypes, choosableItems, choosableItemsSearched
    case withdrawalsOfMonth, withdrawalsOfProject, withdrawalsSearched
    case approvals, approvalEntries, overview, weeklyFigures

    /// Most pages ask twice or three times; a project's own page shows four lists.
    public var statements: Int {
        switch self {
        case .projectCard: 5
        case .itemGroups, .weekOfAll, .weekOfWorker, .lastDay, .choosableWorkTypes, .overview: 1
        case .withdrawalsOfMonth, .withdrawalsOfProject, .withdrawalsSearched, .workersByName, .workersUnlinked,
            .customerCard, .approvals:
            3
        case .customersNotFound: 1
        default: 2
        }
    }

    /// Reads one page and tells how many rows it has.
    public func read(_ shore: SeededShore, in transaction: CompanyTransaction) throws -> Int {
        let today = shore.today
        let leader = Actor(username: "lise", role: .leader)
        guard let week = ISOWeek(containing: today), let yearAgo = today.adding(days: -365),
            let monthAgo = today.adding(days: -30)
        else { return 0 }
        let first = PageRequest()
        switch self {
        case .customersByNumber: return try CustomerList().page(in: transaction).rows.count
        case .customersByName: return try CustomerList(sort: .name).page(first, in: transaction).rows.count
        case .customersByPlaceDownwards:
            return try CustomerList(sort: .place, descending: true).page(in: transaction).rows.count
        case .customersLastPage:
            return try CustomerList(sort: .name).page(PageRequest(number: .max), in: transaction).rows.count
        case .customersSearched: return try CustomerList(search: "øygard 1").page(in: transaction).rows.count
        case .customersNotFound: return try CustomerList(search: "finst ikkje").page(in: transaction).rows.count
        case .customerCard: return try CustomerCard(shore.customer(0), in: transaction).projects.rows.count
        case .projectsByNumber: return try ProjectList().page(in: transaction).rows.count
        case .projectsByNameWithClosed:
            return try ProjectList(sort: .name, showsClosed: true).page(in: transaction).rows.count
        case .projectsOfManager: return try ProjectList(manager: shore.worker(1)).page(in: transaction).rows.count
        case .projectsSearched: return try ProjectList(search: "tromsø").page(in: transaction).rows.count
        case .projectCard: return try ProjectCard(shore.project(1), in: transaction).hours.counted.entries
        case .itemsByNumber: return try ItemList().page(in: transaction).rows.count
        case .itemsByPrice: return try ItemList(sort: .price, descending: true).page(in: transaction).rows.count
        case .itemsOfMainGroup:
            return try ItemList(group: ItemGroupID("g0")).page(in: transaction).rows.count
        case .itemsSearched: return try ItemList(search: "dør 1").page(in: transaction).rows.count
        case .itemGroups: return try ItemGroupTree(in: transaction).groups.count
        case .workersByName: return try WorkerList().page(today: today, in: transaction).rows.count
        case .workersUnlinked: return try WorkerList(isLinked: false).page(today: today, in: transaction).rows.count
        case .unlinkedWithWaitingHours:
            return try WorkerList.unlinkedWithWaitingHours(today: today, in: transaction).count
        case .hoursOfWeek: return try HourList(week: week).page(in: transaction).rows.count
        case .hoursOfWorkersYear:
            return try HourList(from: yearAgo, to: today, worker: shore.worker(1), newestFirst: true)
                .page(in: transaction).rows.count
        case .hoursOfProject:
            return try HourList(from: yearAgo, to: today, project: shore.project(1)).page(in: transaction).rows.count
        case .hoursWaitingLastPage:
            return try HourList(from: yearAgo, to: today, states: [.registered])
                .page(PageRequest(number: .max), in: transaction).rows.count
        case .weekOfAll: return try HourWeek(week, in: transaction).rows.count
        case .weekOfWorker: return try WorkerWeek(of: shore.worker(1), week, in: transaction).rows.count
        case .lastDay: return try HourRow.lastDay(of: shore.worker(1), before: today, in: transaction).count
        case .choosableProjects:
            return try ChoosableProject.all(for: shore.worker(1), today: today, in: transaction).count
        case .choosableProjectsSearched:
            return try ChoosableProject.all(for: shore.worker(1), search: "voss", today: today, in: transaction).count
        case .choosableWorkTypes:
            return try ChoosableWorkType.all(on: shore.project(1), for: shore.worker(1), in: transaction).count
        case .choosableItems:
            return try ChoosableItem.all(for: shore.worker(1), today: today, in: transaction).count
        case .choosableItemsSearched:
            return try ChoosableItem.all(for: shore.worker(1), search: "dør 1", today: today, in: transaction).count
        case .withdrawalsSearched:
            return try WithdrawalList(from: yearAgo, to: today, search: "dør 1").page(in: transaction).page.rows.count
        case .withdrawalsOfMonth:
            return try WithdrawalList(from: monthAgo, to: today).page(in: transaction).page.rows.count
        case .withdrawalsOfProject:
            return try WithdrawalList(from: yearAgo, to: today, project: shore.project(0))
                .page(in: transaction).page.rows.count
        case .approvals: return try ApprovalList(for: leader, in: transaction).rows.count
        case .approvalEntries: return try ApprovalList.entries(for: leader, week: week, in: transaction).count
        case .overview: return try CompanyOverview(today: today, in: transaction).customers
        case .weeklyFigures: return try WeeklyFigures(today: today, in: transaction).weeks.count
        }
    }
}
