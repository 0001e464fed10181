import Foundation
import HTML
import Persistence
import Proresult
import Sync

/// What the forms of `MendingForms` do: one form, one transaction, and the outcome told on the board.
enum MendingRoutes {
    static let routes: [Route] = [
        .post("/overforing/kobling", .administrators) { visit in
            try await mend(visit) { _ in
                let numbers = visit.form.keyed("visma.").filter { !$0.value.isEmpty }
                guard !numbers.isEmpty else { throw NothingChosen() }
                return .link(Dictionary(uniqueKeysWithValues: numbers.map { (WorkerID($0.key), $0.value) }))
            }
        },
        .post("/overforing/arbeidsart", .leaders) { visit in
            try await mend(visit) { board in
                let chosen = visit.form.keyed("arbeidsart.").filter { !$0.value.isEmpty }
                let ids = chosenLines(visit, .workType, board)
                guard !chosen.isEmpty, !ids.isEmpty else { throw NothingChosen() }
                return .workType(
                    ids,
                    Dictionary(
                        uniqueKeysWithValues: chosen.map { (ProjectID($0.key), ProjectWorkTypeID($0.value)) }))
            }
        },
        .post("/overforing/timelonn", .bookkeeping) { visit in
            try await mend(visit) { _ in
                var wages: [WorkerID: Mending.NewWage] = [:]
                for id in visit.form.keyed("lonn.").keys {
                    guard let wage = try visit.form.decimal("lonn.\(id)", .hourlyWage) else { continue }
                    wages[WorkerID(id)] = .init(wage, from: try visit.form.date("fra.\(id)", .validFrom))
                }
                guard !wages.isEmpty else { throw NothingChosen() }
                return .wage(wages)
            }
        },
        .post("/overforing/godkjenn", .leaders) { visit in
            try await mend(visit) { board in
                let ids = chosenLines(visit, .approve, board)
                guard !ids.isEmpty else { throw NothingChosen() }
                return .approve(ids)
            }
        },
    ]

    private struct NothingChosen: Error {}

    /// The ticked lines, or all of the selection that the form is about.
    private static func chosenLines(_ visit: Visit, _ kind: MendingKind, _ board: Board?) -> [HourEntryID] {
        guard let board else { return visit.form.all("valgt").map { HourEntryID($0) } }
        return board.select(BoardFilter(visit.form)).filter { line in
            line.job == .hours && line.reasons.contains { kind.codes.contains($0.code) }
        }.map { HourEntryID($0.record.id) }
    }

    private static func mend(
        _ visit: Visit, _ act: @Sendable (Board?) throws -> Mending.Act
    ) async throws -> Answer {
        let (actor, today, now, randomness) = (try visit.actor, try visit.today, visit.now, visit.office.randomness)
        let filter = BoardFilter(visit.form)
        do {
            let outcome = try await visit.write { transaction in
                let board = visit.form["alle"] == "yes" ? try Board.read(filter.job, in: transaction) : nil
                return try Mending.carryOut(
                    act(board), by: actor, today: today, at: now, randomness: randomness, in: transaction)
            }
            return .see("/overforing" + filter.fields.query, .mended(outcome))
        } catch is NothingChosen {
            return .again(try await TransferPage.page(visit, filter, problem: .nothingToMend))
        } catch let misread as Misread {
            return .again(try await TransferPage.page(visit, filter, problem: misread.text))
        } catch let refused as Mending.Refused {
            return .again(try await TransferPage.page(visit, filter, problem: .refused(refused, visit.language)))
        }
    }
}

extension Fields {
    /// The last value under each name that begins so, by the rest of the name.
    func keyed(_ start: String) -> [String: String] {
        pairs.filter { $0.name.hasPrefix(start) }.reduce(into: [:]) { values, pair in
            values[String(pair.name.dropFirst(start.count))] = pair.value.trimmingCharacters(
                in: .whitespacesAndNewlines)
        }
    }
}

extension Text {
    static let nothingToMend = Text(
        "Velg først linjer, og fyll ut det som skal endres. Ingenting er endret.",
        "First choose lines, and fill in what shall change. Nothing was changed.")

    static func refused(_ refused: Mending.Refused, _ language: Language) -> Text {
        let subject = ([refused.subject] + [refused.date.map(language.date)].compactMap(\.self)).joined(separator: " ")
        return Text(
            "Ingenting er endret. \(subject): \(refused.because.norwegian)",
            "Nothing was changed. \(subject): \(refused.because.english)")
    }

    /// How the lines stand now.
    static func mended(_ outcome: Mending.Outcome) -> Text {
        guard outcome.all > 0 else { return .saved }
        let (ready, stopped) = (outcome.ready, outcome.stopped)
        let first =
            ready == 0
            ? Text("Lagret, men ingen linjer ble klare", "Saved, but no lines became ready")
            : ready == 1
                ? Text("1 linje er klar nå", "1 line is ready now")
                : Text("\(ready) linjer er klare nå", "\(ready) lines are ready now")
        guard stopped > 0 else { return Text(first.norwegian + ".", first.english + ".") }
        let shown = outcome.reasons.prefix(4).map(\.label)
        let (norwegian, english) = (
            shown.map(\.norwegian).joined(separator: ", "), shown.map(\.english).joined(separator: ", ")
        )
        return Text(
            "\(first.norwegian), \(stopped) er fortsatt stoppet: \(norwegian).",
            "\(first.english), \(stopped) still stopped: \(english).")
    }
}
