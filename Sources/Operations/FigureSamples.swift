import Persistence
import Proresult
import Sync

extension InstallationFigures {
    /// The same figures under the names that an operator knows them by.
    var samples: [String: [Sample]] {
        var samples: [String: [Sample]] = [:]
        samples["ferje_companies"] = CompanyStanding.allCases.map {
            Sample(labels: ["state": $0.rawValue], value: Double(companies[$0] ?? 0))
        }
        for job in JobName.allCases {
            let (figures, labels) = (jobs[job] ?? Job(), ["job": job.rawValue])
            samples["ferje_jobs_due", default: []].append(Sample(labels: labels, value: Double(figures.due)))
            samples["ferje_job_lag_seconds", default: []].append(Sample(labels: labels, value: figures.lag.inSeconds))
            samples["ferje_jobs_running", default: []].append(Sample(labels: labels, value: Double(figures.running)))
            samples["ferje_jobs_dead", default: []].append(Sample(labels: labels, value: Double(figures.dead)))
            guard let exports = exports[job] else { continue }
            samples["ferje_documents", default: []] += exports.documents.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { Sample(labels: ["job": job.rawValue, "state": $0.key.rawValue], value: Double($0.value)) }
            samples["ferje_doubt_oldest_seconds", default: []].append(
                Sample(labels: labels, value: exports.oldestDoubt.inSeconds))
        }
        samples["ferje_marks_waiting"] = [Sample(value: Double(marks.waiting))]
        samples["ferje_marks_oldest_seconds"] = [Sample(value: marks.oldest.inSeconds)]
        samples["ferje_marks_dead"] = [Sample(value: Double(marks.dead))]
        samples["ferje_alarms"] = ExportAlarm.Kind.allCases.map {
            Sample(labels: ["kind": $0.rawValue], value: Double(alarms[$0] ?? 0))
        }
        samples["ferje_connections"] = ConnectionStatus.State.allCases.map {
            Sample(labels: ["state": $0.rawValue], value: Double(connections[$0] ?? 0))
        }
        samples["ferje_exports_shut"] = [Sample(value: Double(shutExports))]
        samples["ferje_gates_closed"] = [Sample(value: Double(calls.closedGates))]
        samples["ferje_rate_budget_low"] = [Sample(value: Double(calls.lowBudgets))]
        samples["ferje_rate_budget_lowest_ratio"] = [Sample(value: Double(calls.lowestBudget) / 100)]
        return samples
    }
}

extension Duration {
    fileprivate var inSeconds: Double { Double(max(0, milliseconds)) / 1000 }
}
