/// When the records were made and last changed.
///
/// Everything is older than the day before `today`, so that a first delta after a full read is nearly empty, and at
/// most 400 days old. Only office hours are used: no wall-clock time of theirs is missing or double when the clock
/// is changed in spring and autumn.
struct DemoTimes {
    let today: DemoDay

    func lastModified(_ random: inout SplitMix64) -> String {
        stamp(daysAgo: 2 + random.below(398), &random)
    }

    /// A pair with created ≤ lastModified; half of the records were never touched again.
    func createdAndModified(_ random: inout SplitMix64) -> (created: String, lastModified: String) {
        let daysAgo = 2 + random.below(398)
        let lastModified = stamp(daysAgo: daysAgo, &random)
        guard random.chance(percent: 50) else { return (lastModified, lastModified) }
        return (stamp(daysAgo: daysAgo + 1 + random.below(700), &random), lastModified)
    }

    private func stamp(daysAgo: Int, _ random: inout SplitMix64) -> String {
        let second = 6 * 3_600 + random.below(16 * 3_600)
        let clock = "\(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        return "\(today.adding(days: -daysAgo).text)T\(clock).\(padded(random.below(1_000), 3))"
    }
}
