import Foundation
import Synchronization
import VismaNet

/// Keeps each answer to a reading as a file, named as the server of files looks for it: the path, whether the list was
/// asked for from a time on, and the page.
struct KeepingTransport: HTTPTransport {
    private let transport: any HTTPTransport
    private let folder: URL

    init(_ transport: any HTTPTransport, folder: URL) {
        self.transport = transport
        self.folder = folder
    }

    func send(
        _ request: HTTPTransportRequest, deadline: Duration
    ) async throws(TransportFailure) -> HTTPTransportResponse {
        let answer = try await transport.send(request, deadline: deadline)
        guard request.method == "GET", answer.status == 200, let url = URLComponents(string: request.url) else {
            return answer
        }
        let query = url.queryItems ?? []
        let kind = query.contains { $0.name == "lastModifiedDateTime" } ? "delta" : "full"
        let page = query.first { $0.name == "pageNumber" }?.value ?? "1"
        let file = folder.appending(path: url.path).appending(path: "\(kind)-\(page).json")
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(answer.body).write(to: file)
        } catch {
            throw .noAnswer("not kept: \(error)")
        }
        return answer
    }
}

/// How many hours the bench's clock has been moved.
final class Hours: Sendable {
    private let count = Atomic<Int64>(0)

    var past: Int64 { count.load(ordering: .relaxed) }

    func set(_ hours: Int64) { count.store(hours, ordering: .relaxed) }
}
