import Testing

@testable import VismaNet

@Suite struct MeasuredClockTests {
    private let own: Int64 = 784_111_777_000
    private func answer(_ date: String?, age: String? = nil) -> HTTPTransportResponse {
        HTTPTransportResponse(
            status: 200,
            headers: [date.map { HTTPField("Date", $0) }, age.map { HTTPField("Age", $0) }].compactMap(\.self))
    }

    @Test func theNewestAnswerCounts() {
        let clock = MeasuredClock { own }
        #expect(clock.now == own)
        clock.learn(from: answer("Sun, 06 Nov 1994 11:49:37 GMT"))
        #expect(clock.now == own + 3 * 3_600_000)
        clock.learn(from: answer("Sun, 06 Nov 1994 08:49:37 GMT"))
        #expect(clock.now == own)
    }

    @Test(arguments: [
        (nil, nil), ("yesterday", nil), ("Sun, 06 Nov 1994 11:49:37 GMT", "60"), ("Wed, 09 Nov 1994 08:49:37 GMT", nil),
        ("Thu, 01 Jan 1970 00:00:00 GMT", nil),
    ])
    func whatCannotBeBelievedChangesNothing(date: String?, age: String?) {
        let clock = MeasuredClock { own }
        clock.learn(from: answer(date, age: age))
        #expect(clock.now == own)
    }
}
