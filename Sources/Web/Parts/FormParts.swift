import HTML
import Proresult

/// The pieces of forms. A field has its label, what it does, and what was wrong with it, tied together for a reader
/// that does not see.
enum FormParts {
    /// Every form that changes something carries it.
    static func token(_ visit: Visit) -> Markup {
        "<input type=\"hidden\" name=\"csrf\" value=\"\(visit.formToken)\">"
    }

    /// A form of its own around one button: for what one press does.
    static func button(
        _ visit: Visit, _ label: Text, action: String, fields: [(String, String)] = [], style: ButtonStyle = .ordinary,
        explains: String? = nil
    ) -> Markup {
        let hidden = fields.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as Markup }
        let spoken: Markup = explains.map { " aria-label=\"\($0)\"" } ?? .nothing
        return """
            <form method="post" action="\(action)" class="one">\(token(visit))\(hidden)\
            <button class="\(style.rawValue)"\(spoken)>\(visit.text(label))</button></form>
            """
    }
}

enum ButtonStyle: String {
    /// The one that a tired person should press.
    case primary
    case ordinary
    /// Takes something away.
    case danger
    /// Looks like a link.
    case plain
}

/// One line of a form.
struct Field {
    var name: String
    var label: Text
    var value = ""
    var kind = "text"
    /// What it is for, under the field.
    var hint: Text?
    var problem: String?
    var isRequired = false
    /// False for what may stand empty for now and is needed later.
    var isOptional = true
    /// `autocomplete`, `inputmode`, `min` and the like, as the browser knows them.
    var attributes: [(String, String)] = []
    /// Makes it a choice instead.
    var choices: [(value: String, label: String)]?
    /// Suggestions under a field in which other things may be typed.
    var suggestions: [(value: String, label: String)] = []
    var rows: Int?
    /// Of its own where a page has many fields of one name.
    var id: String

    init(
        _ name: String, _ label: Text, value: String = "", kind: String = "text", hint: Text? = nil,
        problem: String? = nil, isRequired: Bool = false, attributes: [(String, String)] = [],
        choices: [(value: String, label: String)]? = nil, suggestions: [(value: String, label: String)] = [],
        rows: Int? = nil, id: String? = nil
    ) {
        self.name = name
        self.label = label
        self.value = value
        self.kind = kind
        self.hint = hint
        self.problem = problem
        self.isRequired = isRequired
        self.attributes = attributes
        self.choices = choices
        self.suggestions = suggestions
        self.rows = rows
        self.id = id ?? "f-" + name.replacing(".", with: "-")
    }

    func markup(_ visit: Visit) -> Markup {
        let described = [hint == nil ? nil : id + "-hint", problem == nil ? nil : id + "-problem"].compactMap(\.self)
        var common: Markup = "id=\"\(id)\" name=\"\(name)\""
        if !described.isEmpty {
            common = "\(common) aria-describedby=\"\(described.joined(separator: " "))\""
        }
        if problem != nil { common = "\(common) aria-invalid=\"true\"" }
        if isRequired { common = "\(common) required" }
        for (attribute, value) in attributes { common = "\(common) \(attribute)=\"\(value)\"" }
        let needed: Markup =
            isRequired || !isOptional ? .nothing : "<span class=\"optional\">\(visit.text(.optional))</span>"
        let isCheckbox = kind == "checkbox"
        return """
            <div class="field\(problem == nil ? "" : " wrong")\(isCheckbox ? " tick" : "")">
            <label for="\(id)">\(visit.text(label)) \(isCheckbox || choices != nil ? .nothing : needed)</label>
            \(control(common, id: id))
            \(hint.map { "<p class=\"hint\" id=\"\(id)-hint\">\(visit.text($0))</p>" } ?? .nothing)
            \(problem.map { "<p class=\"problem\" id=\"\(id)-problem\">\($0)</p>" } ?? .nothing)
            </div>
            """
    }

    private func control(_ common: Markup, id: String) -> Markup {
        if let choices {
            let options = choices.map { choice in
                let chosen: Markup = choice.value == value ? " selected" : .nothing
                return "<option value=\"\(choice.value)\"\(chosen)>\(choice.label)</option>" as Markup
            }
            return "<select \(common)>\(options)</select>"
        }
        if let rows { return "<textarea \(common) rows=\"\(rows)\">\(value)</textarea>" }
        if kind == "checkbox" {
            return
                "<input type=\"checkbox\" \(common) value=\"yes\"\(value == "yes" ? " checked" as Markup : .nothing)>"
        }
        guard !suggestions.isEmpty else { return "<input type=\"\(kind)\" \(common) value=\"\(value)\">" }
        let options = suggestions.map { "<option value=\"\($0.value)\">\($0.label)</option>" as Markup }
        return """
            <input type="\(kind)" \(common) value="\(value)" list="\(id)-list"><datalist id="\(id)-list">\(options)</datalist>
            """
    }
}
