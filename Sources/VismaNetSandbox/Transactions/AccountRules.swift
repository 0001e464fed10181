import Foundation

/// Accounts, groups and periods of a line (API.md 4.5).
extension LineRules {
    struct Accounts {
        var group: String?
        var debit: String?
        var credit: String?
    }

    func accounts(_ line: TransactionBody.Line) throws -> Accounts {
        let debit = try account(line.debitAccount, "Debit account")
        let credit = try account(line.creditAccount, "Credit account")
        let group = try group(line.accountGroup)
        if let debit {
            guard let mapped = debit.accountGroup else {
                throw Refusal("The account \(debit.accountCD) is not associated with any account group.")
            }
            if let group, !sameKey(group, mapped) {
                throw Refusal("The account group \(group) is not the group of the account \(debit.accountCD).")
            }
        }
        if let debit, let credit, debit.accountCD == credit.accountCD {
            throw Refusal("The debit account matches the credit account.")
        }
        return Accounts(group: group ?? debit?.accountGroup, debit: debit?.accountCD, credit: credit?.accountCD)
    }

    private func account(_ number: String?, _ field: String) throws -> AccountRecord? {
        guard let number = given(number) else { return nil }
        guard let account = company.accounts.first(where: { sameKey($0.accountCD, number) }) else {
            throw Refusal.notFound(field)
        }
        guard account.active else { throw Refusal("The account \(account.accountCD) is inactive.") }
        return account
    }

    func subaccount(_ number: String?, _ field: String) throws -> String? {
        guard let number = given(number) else { return nil }
        guard let subaccount = company.subaccounts.first(where: { sameKey($0.number, number) }) else {
            throw Refusal.notFound(field)
        }
        guard subaccount.active else { throw Refusal("The subaccount \(subaccount.number) is inactive.") }
        return subaccount.number
    }

    private func group(_ id: String?) throws -> String? {
        guard let id = given(id) else {
            if configuration.accountGroupRequiredAtSave { throw Refusal("'Account group' cannot be empty.") }
            return nil
        }
        guard let group = company.accountGroups.first(where: { sameKey($0.id, id) }) else {
            throw Refusal.notFound("Account group")
        }
        guard group.active else { throw Refusal("The account group \(group.id) is inactive.") }
        return group.id
    }

    /// The stored form, `YYYYPP`.
    func period(_ text: String?, _ date: String) throws -> String {
        let key = try given(text).map(stored)
        let found = company.periods.first { period in
            key.map { $0 == period.period } ?? (period.startDate <= date && date <= period.endDate)
        }
        guard let period = found else { throw Refusal("The financial period is not defined in the system.") }
        guard period.active else { throw Refusal("The financial period \(period.period) is inactive.") }
        guard !period.closedInGeneralLedger else { throw Refusal("The financial period \(period.period) is closed.") }
        return period.period
    }

    private func stored(_ text: String) throws -> String {
        let digits = text.trimmingCharacters(in: .whitespaces)
        guard digits.count == 6, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw Refusal.notFound("Financial period")
        }
        switch configuration.periodLayout {
        case .yearMonth: return digits
        case .monthYear: return String(digits.suffix(4) + digits.prefix(2))
        }
    }
}
