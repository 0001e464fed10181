import HTML
import Persistence
import Proresult
import Sync

/// Where hours or a withdrawal stand on their way to Visma: each document that carries or carried them, newest first.
enum RecordTrail {
    /// `board`: the part of the ready board where the line is found while no document has it.
    static func markup(_ visit: Visit, _ trails: [ExportTrail], board: BoardFilter) -> Markup {
        let title = visit.text(Text("På vei til Visma", "On its way to Visma"))
        guard !trails.isEmpty else {
            let told = Text(
                "Linjen er ikke sendt ennå. Overføring viser om den er klar, og hva som eventuelt stopper den.",
                "The line has not been sent yet. Transfer shows whether it is ready, and what stops it if anything does."
            )
            return """
                <h2>\(title)</h2><p>\(visit.text(told))</p>
                <p><a href="/overforing\(board.fields.query)">\(visit.text(Text("Se linjen på Overføring", "See the line on Transfer")))</a></p>
                """
        }
        var table = DataTable(
            [
                .init(Text("Vår referanse", "Our reference"), .code),
                .init(Text("Nummer i Visma", "Number in Visma"), .code),
                .init(Text("Periode", "Period"), .code), .init(.status), .init(Text("Visma svarte", "Visma answered")),
            ], caption: Text("Dokumenter med linjen", "Documents with the line"), empty: .nothing)
        for trail in trails {
            let document = trail.document
            let (word, kind) = document.state.badge
            let address = "/bilag/\(document.reference.text)"
            let reference: Markup =
                RouteTable.serves(address)
                ? "<a href=\"\(address)\">\(document.reference.text)</a>" : "\(document.reference.text)"
            table.add([
                reference, "\(document.erpNumber ?? "–")", "\(visit.language.period(document.period))",
                Badge.markup(visit, word, kind), "\(document.state == .confirmed ? "" : document.explanation ?? "")",
            ])
        }
        return "<h2>\(title)</h2>\(table.markup(visit))"
    }
}
