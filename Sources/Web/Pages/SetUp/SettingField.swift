import HTML
import Persistence
import Proresult
import Sync

/// A setting as a field: chosen from what Visma has where Visma has told, with what it does and what is wrong.
struct SettingField {
    let setting: KnownSetting
    let value: String
    let choices: [SettingChoice]
    /// Of the value that is stored.
    let check: SettingCheck

    /// So many are a list to choose from; more are searched by typing.
    private static let mostInList = 400

    /// What is wrong with a value that was just typed stands in place of what is wrong with the stored one.
    func field(_ visit: Visit, typed: Fields? = nil, problem: Text? = nil) -> Field {
        let name = setting.name
        let shown = typed.flatMap { $0.has(name) ? $0[name] : nil } ?? value
        var field = Field(name, setting.title, value: shown, hint: hint)
        field.problem = (typed == nil ? check.problem : problem).map { visit.text($0) }
        field.isOptional = setting.form != .item
        switch setting.form {
        case .date: field.kind = "date"
        case .number(let bounds):
            field.kind = "number"
            field.attributes = [("min", String(bounds.lowerBound)), ("max", String(bounds.upperBound))]
        case .words:
            field.choices = choices.map { ($0.value, visit.text($0.label)) }
            if shown.isEmpty { field.value = setting.usual ?? "" }
        case .account, .subaccount, .accountGroup, .item, .task:
            if choices.isEmpty { break }
            if choices.count > Self.mostInList {
                field.suggestions = choices.map { ($0.value, visit.text($0.label)) }
            } else {
                field.choices = list(visit, shown)
            }
        }
        return field
    }

    /// What is chosen, in words, for those who may only read it.
    func told(_ visit: Visit) -> Markup {
        let chosen = value.isEmpty ? setting.usual ?? "" : value
        let label = choices.first { $0.value == chosen }.map { visit.text($0.label) }
        let date = setting.form == .date ? CalendarDate(chosen).map { visit.language.date($0) } : nil
        let shown = label ?? date ?? (chosen.isEmpty ? visit.text(Text("Ikke valgt", "Not chosen")) : chosen)
        return "\(shown)\(check.problem.map { "<p class=\"problem\">\(visit.text($0))</p>" } ?? .nothing)"
    }

    private var hint: Text {
        guard let warning = check.warning else { return setting.explanation }
        return Text(
            "\(setting.explanation.norwegian) OBS! \(warning.norwegian)",
            "\(setting.explanation.english) Mind: \(warning.english)")
    }

    /// What is stored stays in the list also when Visma does not have it, so that saving something else keeps it.
    private func list(_ visit: Visit, _ shown: String) -> [(value: String, label: String)] {
        let none = (value: "", label: visit.text(Text("Ikke valgt", "Not chosen")))
        let stray =
            shown.isEmpty || choices.contains { $0.value == shown }
            ? [] : [(value: shown, label: "\(shown) – " + visit.text(Text("finnes ikke i Visma", "not in Visma")))]
        let other = " – " + visit.text(Text("annen kontogruppe", "another account group"))
        return [none] + stray + choices.map { ($0.value, visit.text($0.label) + ($0.fits ? "" : other)) }
    }
}
