import Persistence

/// A record that people know by a number, and that an import may have linked to a record of the ERP.
public protocol NumberedRecord: CompanyRecord {
    var number: String { get }
    var erpID: String? { get }
}

extension Customer: NumberedRecord {}
extension Project: NumberedRecord {}
extension Item: NumberedRecord {}

extension NumberedRecord {
    /// The records that have one of the links or one of the numbers, in no order; one call per page of an import.
    ///
    /// Each list is looked up by itself: where `OR` joins them, or where they are to be ordered, SQLite reads all records of the
    /// company.
    public static func find(
        erpIDs: [String], numbers: [String], in transaction: CompanyTransaction
    ) throws -> [Self] {
        guard !(erpIDs.isEmpty && numbers.isEmpty) else { return [] }
        return try rows(
            """
            SELECT \(raw: columnList) FROM \(raw: table) WHERE \(sql: transaction.among(erpIDs, in: "erp_id"))
            UNION SELECT \(raw: columnList) FROM \(raw: table) WHERE \(sql: transaction.among(numbers, in: "number"))
            """, in: transaction)
    }

    public static func find(number: String, in transaction: CompanyTransaction) throws -> Self? {
        try rows(
            """
            SELECT \(raw: columnList) FROM \(raw: table)
            WHERE company_id = \(transaction.company) AND number = \(number)
            """, in: transaction
        ).first
    }
}
