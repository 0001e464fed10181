import Persistence

/// The company's own choices: text by key. What a missing key means stands where the setting is used.
public enum CompanySetting {
    public static func get(_ key: String, in transaction: CompanyTransaction) throws -> String? {
        try transaction.first(
            "SELECT value FROM setting WHERE company_id = \(transaction.company) AND key = \(key)"
        )?.get("value")
    }

    public static func all(in transaction: CompanyTransaction) throws -> [String: String] {
        let rows = try transaction.query(
            "SELECT key, value FROM setting WHERE company_id = \(transaction.company) ORDER BY key")
        return try Dictionary(
            rows.map { (try $0.get("key", as: String.self), try $0.get("value", as: String.self)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// An empty value is kept as a choice; see `remove` for none.
    public static func set(_ key: String, _ value: String, in transaction: CompanyTransaction) throws {
        let key = try key.usable(.setting, "key", .required)
        let value = try value.usable(.setting, "value")
        try Rules.check(key, value)
        try transaction.execute(
            """
            INSERT INTO setting (company_id, key, value) VALUES (\(transaction.company), \(key), \(value))
            ON CONFLICT (company_id, key) DO UPDATE SET value = excluded.value
            """)
    }

    public static func remove(_ key: String, in transaction: CompanyTransaction) throws {
        try transaction.execute("DELETE FROM setting WHERE company_id = \(transaction.company) AND key = \(key)")
    }
}

extension CompanySetting {
    /// The settings that the rules of hours and withdrawals ask for.
    public struct Rules: Sendable, Hashable {
        /// Only a leader's approval, or a second person's too. Key `hours.approvalSteps`, `1` (usual) or `2`.
        public var approvalSteps = 1
        /// How many days back a worker may register or edit. Key `hours.maxDaysBack`; missing or empty: no limit.
        public var maxDaysBack: Int?
        /// Whether a line may be without an item. Key `withdrawals.allowFreeText`, `yes` (usual) or `no`.
        public var allowsFreeText = true
        /// Whether people may give an item's line another text, price or unit.
        /// Key `withdrawals.userMayChangeTextPriceUnit`, `yes` (usual) or `no`.
        public var userMayChangeTextPriceUnit = true
        /// Whether workers see the cost price and may give a line another one (*Endre innpris i app*).
        /// Key `withdrawals.costPriceInApp`, `yes` or `no` (usual).
        public var showsCostPriceToWorkers = false
        /// Whether workers see everybody's withdrawals on a project and may return them, not edit or delete them.
        /// Key `withdrawals.usersSeeOthers`, `yes` or `no` (usual).
        public var workersSeeOthersWithdrawals = false
        /// Whether a line may be marked as extra cost, with a text of its own (*Kan ta ut varer som ekstra kostnad*).
        /// Key `withdrawals.extraCost`, `yes` or `no` (usual).
        public var allowsExtraCost = false

        public static let approvalStepsKey = "hours.approvalSteps"
        public static let maxDaysBackKey = "hours.maxDaysBack"
        public static let allowFreeTextKey = "withdrawals.allowFreeText"
        public static let userMayChangeTextPriceUnitKey = "withdrawals.userMayChangeTextPriceUnit"
        public static let costPriceInAppKey = "withdrawals.costPriceInApp"
        public static let usersSeeOthersKey = "withdrawals.usersSeeOthers"
        public static let extraCostKey = "withdrawals.extraCost"

        public init() {}

        public init(in transaction: CompanyTransaction) throws {
            let values = try CompanySetting.all(in: transaction)
            approvalSteps = values[Self.approvalStepsKey] == "2" ? 2 : 1
            maxDaysBack = values[Self.maxDaysBackKey].flatMap(Int.init)
            allowsFreeText = values[Self.allowFreeTextKey] != "no"
            userMayChangeTextPriceUnit = values[Self.userMayChangeTextPriceUnitKey] != "no"
            showsCostPriceToWorkers = values[Self.costPriceInAppKey] == "yes"
            workersSeeOthersWithdrawals = values[Self.usersSeeOthersKey] == "yes"
            allowsExtraCost = values[Self.extraCostKey] == "yes"
        }

        /// Refuses a value that the key cannot have; keys of others pass.
        static func check(_ key: String, _ value: String) throws {
            let isKnown =
                switch key {
                case approvalStepsKey: ["1", "2"].contains(value)
                case maxDaysBackKey: value.isEmpty || (Int(value).map { (0...3650).contains($0) } ?? false)
                case allowFreeTextKey, userMayChangeTextPriceUnitKey, costPriceInAppKey, usersSeeOthersKey,
                    extraCostKey:
                    ["yes", "no"].contains(value)
                default: true
                }
            guard isKnown else { throw ProresultError.unknownSetting(key: key, value: value) }
        }
    }
}
