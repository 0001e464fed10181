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
    /// The records that have one of the links or one of the numbers, ordered by id; one call per page of an import.
    ///
    /// Each list is looked up by itself: where `OR` joins them, SQLite reads all records of the company.
    public static func find(
        erpIDs: [String], numbers: [String], in transaction: CompanyTransaction
    ) throws -> [Self] {
        guard !(erpIDs.isEmpty && numbers.isEmpty) else { return [] }
        let company = transaction.company
        return try rows(
            """
            SELECT \(raw: columnList) FROM \(raw: table) WHERE company_id = \(company) AND id IN (
                SELECT id FROM \(raw: table) WHERE company_id = \(company) AND erp_id \(sql: transaction.among(erpIDs))
                UNION SELECT id FROM \(raw: table)
                WHERE company_id = \(company) AND number \(sql: transaction.among(numbers)))
            ORDER BY id
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
