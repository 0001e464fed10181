import Foundation

/// A project transaction as the ERP keeps it.
public struct StoredDocument: Sendable, Codable, Equatable {
    public var refNbr: String
    public var description: String
    /// `Hold` `Balanced` `Released`
    public var status: String
    public var module: String
    public var note: String
    public var lines: [StoredLine]
    /// Milliseconds since the epoch, UTC, by the server's own clock.
    public var created: Int64
    public var lastModified: Int64
    /// Grows with every change; shown as `timeStamp` and ETag.
    public var version: Int
    /// The document that this one takes back, if it is a reversal.
    public var reverses: String?
}

/// One line of a project transaction. Numbers are those that people know; nothing is resolved until it is read.
public struct StoredLine: Sendable, Codable, Equatable {
    public var tranID: Int
    /// `yyyy-MM-dd`
    public var date: String
    /// `YYYYPP`
    public var period: String
    public var project: String
    public var task: String
    public var item: String?
    public var unit: String
    public var quantity: Decimal
    public var billableQuantity: Decimal
    public var unitRate: Decimal
    public var amount: Decimal
    public var isBillable: Bool
    public var usesBillableQuantity: Bool
    public var accountGroup: String?
    public var debitAccount: String?
    public var creditAccount: String?
    public var debitSubaccount: String?
    public var creditSubaccount: String?
    public var branch: String
    public var employee: String?
    public var customer: String?
    public var location: String?
    public var description: String
    public var note: String
    /// Milliseconds since the epoch, UTC.
    public var lastModified: Int64
}
