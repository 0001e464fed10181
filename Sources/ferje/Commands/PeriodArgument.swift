import ArgumentParser

/// A financial period as people write it: `2026-11`, `202611` or `11-2026`.
struct PeriodArgument: ExpressibleByArgument {
    /// `YYYYPP`
    let id: String

    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let (year, number): (String, String)
        switch parts.map(\.count) {
        case [6]: (year, number) = (String(argument.prefix(4)), String(argument.suffix(2)))
        case [4, 2]: (year, number) = (parts[0], parts[1])
        case [2, 4]: (year, number) = (parts[1], parts[0])
        default: return nil
        }
        guard (year + number).allSatisfy({ $0.isASCII && $0.isNumber }), let count = Int(number), (1...99).contains(count)
        else { return nil }
        id = year + number
    }
}
