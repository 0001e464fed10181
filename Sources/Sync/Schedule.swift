import Foundation
import Persistence

/// When a company's automatic jobs are due: once an hour, each company at a minute of its own, so that thousands do
/// not knock at the same door at once. A slot that was missed runs once, not once for each missed hour.
public enum Schedule {
    static let hour: Int64 = 3_600_000
    static let spreadMinutes: UInt64 = 50

    /// The first slot after an instant.
    public static func nextHourly(after time: Timestamp, company: CompanyID) -> Timestamp {
        let offset = minute(of: company) * 60_000
        let slot = (time.milliseconds - offset) / hour * hour + offset
        return Timestamp(milliseconds: slot > time.milliseconds ? slot : slot + hour)
    }

    /// The latest start of a night's full reading, between two and half past four in the Norwegian morning.
    public static func lastNightly(before time: Timestamp, company: CompanyID) -> Timestamp {
        let start = osloCalendar.startOfDay(for: time.date)
        let offset = 7_200_000 + minute(of: company) * 3 * 60_000
        let today = Timestamp(milliseconds: Int64(start.timeIntervalSince1970) * 1000 + offset)
        return today <= time ? today : today - .seconds(86_400)
    }

    private static let osloCalendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/Oslo") ?? .gmt
        return calendar
    }()

    private static func minute(of company: CompanyID) -> Int64 {
        // FNV-1a: the same in every process, unlike Swift's own hash.
        let hash = company.text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return Int64(hash % spreadMinutes)
    }
}

extension CompanyTransaction {
    /// True when a list of the job has never been read whole, or not since the last night's slot.
    func needsFullPass(of job: JobName, since night: Timestamp) throws -> Bool {
        let resources: [ImportResource] =
            switch job {
            case .customers: [.customers]
            case .projects: [.projects, .tasks]
            case .items: [.items]
            case .hours, .withdrawals: []
            }
        let read = try query(
            """
            SELECT resource FROM import_cursor
            WHERE company_id = \(company) AND resource IN (\(list: resources)) AND full_pass_at >= \(night)
            """)
        return read.count < resources.count
    }
}
