import Persistence

/// Something about our documents in the ERP that only a person can put right. It stands until a later look finds that
/// it is no longer true.
public struct ExportAlarm: Sendable, Hashable {
    public enum Kind: String, SQLConvertible, CaseIterable {
        /// Confirmed here, not in the ERP any more.
        case missing
        /// Another document in the ERP carries the same reference.
        case doubled
        /// The document in the ERP is not what was confirmed.
        case changed
        /// The ERP holds a document with a valid reference that stands in no document of ours.
        case unknownReference
    }

    public var reference: DocumentReference
    public var kind: Kind
    /// `YYYYPP`, the period in which it was found.
    public var period: String
    public var erpNumber: String
    public var detail: String

    /// What makes it the same alarm when it is found again.
    var key: [String] { [reference.text, kind.rawValue, erpNumber] }

    init(_ kind: Kind, _ reference: DocumentReference, period: String, erpNumber: String, _ detail: String) {
        self.reference = reference
        self.kind = kind
        self.period = period
        self.erpNumber = erpNumber
        self.detail = detail
    }

    init(_ row: SQLRow) throws {
        reference = try row.get("reference")
        kind = try row.get("kind")
        period = try row.get("period")
        erpNumber = try row.get("erp_number")
        detail = try row.get("detail")
    }
}

extension CompanyTransaction {
    /// The alarms that stand now, oldest first.
    public func standingAlarms() throws -> [ExportAlarm] {
        try query(
            """
            SELECT reference, kind, period, erp_number, detail FROM export_alarm
            WHERE company_id = \(company) AND cleared_at IS NULL ORDER BY found_at, reference, kind, erp_number
            """
        ).map(ExportAlarm.init)
    }

    /// Writes the alarms that do not stand already, each in the run's story and the audit trail.
    func raise(_ alarms: [ExportAlarm], context: RunContext) throws {
        let now = try now()
        for alarm in alarms {
            let isNew = try execute(
                """
                INSERT INTO export_alarm (company_id, id, reference, kind, period, erp_number, detail, found_at)
                VALUES (\(company), \(ExportAlarmID(using: context.randomness)), \(alarm.reference), \(alarm.kind),
                    \(alarm.period), \(alarm.erpNumber), \(alarm.detail), \(now))
                ON CONFLICT (company_id, reference, kind, erp_number) WHERE cleared_at IS NULL DO NOTHING
                """)
            guard isNew == 1 else { continue }
            try record(
                [
                    RunItem(
                        "document", alarm.erpNumber, .warned,
                        "\(alarm.reference) \(alarm.kind.rawValue): \(alarm.detail)")
                ], in: context.run)
            try audit(
                by: context.startedBy, "alarm raised", of: "alarm", alarm.reference.text,
                because: "\(alarm.kind.rawValue) \(alarm.erpNumber): \(alarm.detail)")
        }
    }

    /// Notes that an alarm is no longer true.
    func clear(_ alarm: ExportAlarm, by actor: String) throws {
        try execute(
            """
            UPDATE export_alarm SET cleared_at = \(now())
            WHERE company_id = \(company) AND reference = \(alarm.reference) AND kind = \(alarm.kind)
                AND erp_number = \(alarm.erpNumber) AND cleared_at IS NULL
            """)
        try audit(
            by: actor, "alarm cleared", of: "alarm", alarm.reference.text,
            because: "\(alarm.kind.rawValue) \(alarm.erpNumber) is no longer so")
    }
}

enum ExportAlarmKey {}
typealias ExportAlarmID = Identifier<ExportAlarmKey>
