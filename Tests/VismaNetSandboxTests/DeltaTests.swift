import Testing
import VismaNetSandbox

struct DeltaTests {
    private func changed() async throws -> Rig {
        let rig = try await Rig()
        rig.sandbox.changeProject("P-2", in: Rig.tenant) { $0.description = "Ny tekst" }
        return rig
    }

    @Test func onlyChangedRowsComeBack() async throws {
        let rig = try await changed()
        let query = "lastModifiedDateTime=2026-03-10T10:00:00&lastModifiedDateTimeCondition=%3E%3D"
        let answer = try await rig.get("/v1/project", query)
        #expect(try answer.column("projectID") == ["P-2"])
        #expect(try answer.column("lastModifiedDateTime") == ["2026-03-10T10:00:00"])
    }

    @Test func dateWithoutConditionIsIgnored() async throws {
        let rig = try await changed()
        #expect(try await rig.get("/v1/project", "lastModifiedDateTime=2026-03-10").rows().count == 6)
    }

    @Test(arguments: [
        "2026-03-10", "2026-03-10%2010:00:00", "2026-03-10+10:00:00.000", "2026-03-10T10:00:00",
        "2026-03-10T09:59:59.9",
    ])
    func publishedLayoutsAreTaken(date: String) async throws {
        let rig = try await changed()
        let query = "lastModifiedDateTime=\(date)&lastModifiedDateTimeCondition=%3E%3D"
        #expect(try await rig.get("/v1/project", query).column("projectID") == ["P-2"])
    }

    @Test(arguments: [
        "2026-03-10T10:00:00Z", "2026-03-10T10:00:00%2B01:00", "10.03.2026", "2026-13-01", "2026-03-10T10:00",
        "2026-03-10T10:00:00.1234", "2026-02-30",
    ])
    func otherLayoutsAreRefused(date: String) async throws {
        let rig = try await changed()
        let query = "lastModifiedDateTime=\(date)&lastModifiedDateTimeCondition=%3E"
        #expect(try await rig.get("/v1/project", query).status == 400)
    }

    @Test(arguments: [true, false])
    func taskChangeTouchesProjectOnlyIfConfigured(touches: Bool) async throws {
        let rig = try await Rig { $0.taskChangeTouchesProject = touches }
        rig.sandbox.setTask("10", of: "P-1", status: "Completed", in: Rig.tenant)
        let query = "lastModifiedDateTime=2026-03-01&lastModifiedDateTimeCondition=%3E"
        #expect(try await rig.get("/v1/project", query).rows().count == (touches ? 1 : 0))
        #expect(try await rig.get("/v1/projecttask", query).column("status") == ["Completed"])
    }

    @Test func wallClockOffsetMovesTheStamps() async throws {
        let rig = try await Rig { $0.wallClockOffset = 26 * 3_600_000 }
        rig.sandbox.setProject("P-1", status: "OnHold", in: Rig.tenant)
        let project = try await rig.get("/v1/project/P-1").object()
        #expect(project["lastModifiedDateTime"] as? String == "2026-03-11T12:00:00")
        #expect(project["hold"] as? Bool == true)
    }

    @Test func summerTimeIsFollowed() async throws {
        let rig = try await Rig { $0.accessTokenSeconds = 31 * 86_400 }
        rig.clock.advance(seconds: 30 * 86_400)
        rig.sandbox.setProject("P-1", status: "Active", in: Rig.tenant)
        #expect(
            try await rig.get("/v1/project/P-1").object()["lastModifiedDateTime"] as? String == "2026-04-09T11:00:00")
    }

    @Test func timesCarryOffsetIfConfigured() async throws {
        let rig = try await Rig { $0.timesCarryOffset = true }
        let project = try await rig.get("/v1/project/P-1").object()
        #expect(project["lastModifiedDateTime"] as? String == "2026-01-02T08:00:00+01:00")
    }
}
