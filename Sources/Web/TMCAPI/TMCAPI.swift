import HTTPTypes
import Persistence
import Proresult

/// The read interface that speaks like Proresult's own, so that its clients work unchanged: one address, a function by
/// name, two headers, and CSV with semicolons. Its public clients show how it is called; the columns are our choice.
enum TMCAPI {
    static let path = "/soap/tmcapi.php"
    /// What clients look for in the body, whatever the status.
    static let noAccess = "TMCAPI - ingen tilgang"

    static let routes: [Route] = [
        .get(path, .programs(APIRoute.office)) { visit in
            guard let function = functions[visit.query["fn"]] else {
                return .text("TMCAPI - ukjent funksjon", "text/plain; charset=utf-8", status: .notFound)
            }
            let withClosed = visit.query["taMedAvslutta"] == "1"
            let rows = try await visit.read { try function.rows($0, withClosed) }
            var answer = Answer.text(CSVWriting.text(rows), "text/csv; charset=utf-8")
            answer.headers = [(.contentDisposition, "attachment; filename=\"\(function.file)\"")]
            return answer
        }
    ]

    /// A failure as those clients know it.
    static func told(_ told: Told, _ visit: Visit) -> Answer {
        let isRefusal = told.status == .unauthorized || told.status == .forbidden
        let text = isRefusal ? noAccess : "TMCAPI - " + visit.text(told.text)
        return .text(text, "text/plain; charset=utf-8", status: told.status)
    }

    private struct Function: Sendable {
        var file: String
        var rows: @Sendable (CompanyTransaction, _ withClosed: Bool) throws -> [[String]]
    }

    private static let functions = [
        "tilsettCSV": Function(file: "tilsett.csv") { transaction, _ in try workers(transaction) },
        "prosjektCSV": Function(file: "prosjekt.csv", rows: projects),
        "kundeCSV": Function(file: "kunde.csv") { transaction, _ in try customers(transaction) },
    ]

    private static func workers(_ transaction: CompanyTransaction) throws -> [[String]] {
        try [["id", "ansattnummer", "namn", "brukarnamn", "epost", "telefon", "aktiv", "vismaAnsattnummer"]]
            + Worker.all(in: transaction).map { worker in
                [
                    worker.id.text, worker.employeeNumber, worker.name, worker.username, worker.email ?? "",
                    worker.phone ?? "", worker.isActive ? "1" : "0", worker.vismaEmployeeNumber ?? "",
                ]
            }
    }

    private static func projects(_ transaction: CompanyTransaction, withClosed: Bool) throws -> [[String]] {
        let heading = [
            "id", "prosjektnummer", "namn", "adresse", "postnr", "poststad", "startdato", "kundenummer", "ansvarleg",
            "avslutta", "vismaId",
        ]
        let customers = try Dictionary(Customer.all(in: transaction).map { ($0.id, $0.number) }) { first, _ in first }
        let workers = try Dictionary(Worker.all(in: transaction).map { ($0.id, $0.name) }) { first, _ in first }
        return try [heading]
            + Project.all(includingClosed: withClosed, in: transaction).map { project in
                [
                    project.id.text, project.number, project.name, project.address ?? "", project.postalCode ?? "",
                    project.city ?? "", project.startDate?.description ?? "",
                    project.customerID.flatMap { customers[$0] } ?? "",
                    project.managerWorkerID.flatMap { workers[$0] } ?? "", project.isActive ? "0" : "1",
                    project.erpID ?? "",
                ]
            }
    }

    private static func customers(_ transaction: CompanyTransaction) throws -> [[String]] {
        try [["id", "kundenummer", "namn", "adresse", "postnr", "poststad"]]
            + Customer.all(in: transaction).filter(\.isActive).map { customer in
                [
                    customer.id.text, customer.number, customer.name, customer.address ?? "",
                    customer.postalCode ?? "", customer.city ?? "",
                ]
            }
    }
}
