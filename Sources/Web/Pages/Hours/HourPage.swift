import HTML
import Persistence
import Proresult
import Sync

/// One entry in the office: what it says, where it stands on its way to Visma, and how it is changed. What is
/// transferred is corrected by an entry that takes it back and one that says what it should have been.
enum HourPage {
    static let routes: [Route] = [
        .get("/timer/{id}", .office) { visit in .page(try await page(visit, nil, FormProblems())) },
        .post("/timer/{id}", .leaders) { visit in
            try await visit.told(names: HourForm.names) {
                try await change(visit)
            } again: { fields, problems in
                try await page(visit, fields, problems)
            }
        },
        .post("/timer/{id}/rett", .leaders) { visit in
            try await visit.told(names: HourForm.names) {
                try await correct(visit)
            } again: { fields, problems in
                try await page(visit, fields, problems)
            }
        },
        .post("/timer/{id}/tilbakefor", .leaders) { visit in
            let (id, actor, randomness): (HourEntryID, Actor, Randomness) = (
                try visit.id(), try visit.actor, visit.office.randomness
            )
            return try await visit.told(names: [:]) {
                try await visit.write { transaction in
                    // Pressed twice takes back once.
                    guard try HourEntry.reversal(of: id, in: transaction) == nil else { return }
                    try HourEntry.takeBack(id, by: actor, at: visit.now, randomness: randomness, in: transaction)
                }
                return .see("/timer/\(id.text)", .takenBack)
            } again: { _, problems in
                try await page(visit, nil, problems)
            }
        },
    ]

    private static func change(_ visit: Visit) async throws -> Answer {
        let (id, form): (HourEntryID, Fields) = (try visit.id(), visit.form)
        let (actor, today) = (try visit.actor, try visit.today)
        try await visit.write { transaction in
            let entry = try HourEntry.get(id, in: transaction)
            let draft = try HourForm.draft(form, worker: entry.workerID, changing: entry)
            try HourEntry.edit(id, to: draft, by: actor, today: today, in: transaction)
        }
        return .see("/timer/\(id.text)", Text("Timene er lagret.", "The hours are saved."))
    }

    private static func correct(_ visit: Visit) async throws -> Answer {
        let (id, form): (HourEntryID, Fields) = (try visit.id(), visit.form)
        let (actor, today, randomness) = (try visit.actor, try visit.today, visit.office.randomness)
        let correction = try await visit.write { transaction in
            let entry = try HourEntry.get(id, in: transaction)
            let draft = try HourForm.draft(form, worker: entry.workerID, changing: entry)
            // The same form sent again finds what it made.
            if let known = try HourEntry.corrections(of: id, in: transaction).first, draft.isSaid(by: known) {
                return known
            }
            guard !draft.isSaid(by: entry) else { throw FormProblems(.nothingCorrected) }
            return try HourEntry.putRight(
                id, with: draft, by: actor, today: today, at: visit.now, randomness: randomness, in: transaction)
        }
        return .see("/timer/\(correction.id.text)", .corrected)
    }

    private struct Content: Sendable {
        var row: HourRow
        var form: HourForm
        var trails: [ExportTrail]
        var reversal: HourEntry?
        var correction: HourEntry?
    }

    private static func read(_ visit: Visit, _ fields: Fields?, _ problems: FormProblems) async throws -> Content {
        let id: HourEntryID = try visit.id()
        let (today, query, language) = (try visit.today, visit.query, visit.language)
        return try await visit.read { transaction in
            let row = try HourRow.get(id, in: transaction)
            // Another project was chosen: the rest stays as it was.
            var typed = fields ?? Fields(row.entry, language)
            for name in [ProjectChoice.field, ProjectChoice.searchField] where query.has(name) && fields == nil {
                typed = typed.with(name, query[name])
            }
            return Content(
                row: row,
                form: try HourForm(
                    path: "/timer/\(id.text)", worker: row.entry.workerID, typed: typed, entry: row.entry,
                    isOffice: true, problems: problems, today: today, in: transaction),
                trails: try ExportTrail.of(SourceRecord(.hourEntry, id.text), in: transaction),
                reversal: try HourEntry.reversal(of: id, in: transaction),
                correction: try HourEntry.corrections(of: id, in: transaction).first)
        }
    }

    private static func page(_ visit: Visit, _ fields: Fields?, _ problems: FormProblems) async throws -> Markup {
        let content = try await read(visit, fields, problems)
        let (row, entry) = (content.row, content.row.entry)
        let day = visit.language.date(entry.date)
        let week = ISOWeek(containing: entry.date).map { "?uke=\($0)" } ?? ""
        let title = Text("\(row.workerName), \(day)", "\(row.workerName), \(day)")
        return Frame.page(visit, title, in: .hours) {
            """
            \(problems.markup(visit))
            \(HourFacts.markup(visit, row, showsWorker: true))
            \(relations(visit, content))
            \(HoursPage.mayApprove(visit) ? forms(visit, content) : .nothing)
            \(RecordTrail.markup(
                visit, content.trails,
                board: BoardFilter(job: .hours, project: entry.projectID, worker: entry.workerID)))
            <p><a href="/timer/arbeider/\(entry.workerID.text)\(week)">\(visit.text(Text("Til uken", "To the week")))</a></p>
            """
        }
    }

    /// What it takes back or stands in place of, and what does so with it.
    private static func relations(_ visit: Visit, _ content: Content) -> Markup {
        let entry = content.row.entry
        let related: [(HourEntryID?, Text)] = [
            (entry.reversesEntryID, Text("Tilbakefører denne føringen", "Takes this entry back")),
            (entry.correctsEntryID, Text("Rettelse av denne føringen", "Correction of this entry")),
            (content.reversal?.id, Text("Tilbakeført av denne føringen", "Taken back by this entry")),
            (content.correction?.id, Text("Rettet av denne føringen", "Corrected by this entry")),
        ]
        let links = related.compactMap { id, text in
            id.map { "<li><a href=\"/timer/\($0.text)\">\(visit.text(text))</a></li>" as Markup }
        }
        return links.isEmpty ? .nothing : "<ul>\(links)</ul>"
    }

    private static func forms(_ visit: Visit, _ content: Content) -> Markup {
        let entry = content.row.entry
        let address = "/timer/\(entry.id.text)"
        if entry.state == .transferred {
            guard entry.reversesEntryID == nil, content.correction == nil else { return .nothing }
            let takeBack =
                content.reversal == nil
                ? FormParts.button(
                    visit, Text("Bare tilbakefør", "Only take back"), action: address + "/tilbakefor", style: .danger)
                : .nothing
            return """
                <section><h2>\(visit.text(Text("Rett timene", "Correct the hours")))</h2>
                <p>\(visit.text(.howToCorrect))</p>
                \(content.form.markup(visit, action: address + "/rett", isNew: false, button: Text("Lagre rettelsen", "Save the correction")))
                <p>\(takeBack)</p></section>
                """
        }
        guard entry.transferredRun == nil, entry.reversesEntryID == nil else {
            return HourFacts.locked(visit, entry)
        }
        let again: Markup =
            [.approved, .approvedStep1].contains(entry.state)
            ? "<p class=\"soft\">\(visit.text(.approvalFalls))</p>" : .nothing
        return """
            <section><h2>\(visit.text(.edit))</h2>\(again)
            \(content.form.markup(visit, action: address, isNew: false))</section>
            """
    }
}

extension Text {
    static let howToCorrect = Text(
        "Timene er overført og låst. En rettelse fører dem tilbake med motsatt fortegn og fører de riktige i stedet. Begge godkjennes av deg med det samme, i første trinn der firmaet har to, og sendes ved neste overføring etter det.",
        "The hours are transferred and locked. A correction takes them back with the sign turned and enters the right ones instead. Both are approved by you at once, in the first step where the company has two, and sent with the next transfer after that."
    )
    static let corrected = Text(
        "Rettelsen er lagret. De gamle timene er tilbakeført.",
        "The correction is saved. The old hours are taken back.")
    static let takenBack = Text("Timene er tilbakeført.", "The hours are taken back.")
    static let nothingCorrected = Text(
        "Ingenting er endret, så det er ikke noe å rette.", "Nothing is changed, so there is nothing to correct.")
    static let approvalFalls = Text(
        "Timene er godkjent. Endrer du dem, må de godkjennes på nytt.",
        "The hours are approved. If you change them, they have to be approved again.")
}
