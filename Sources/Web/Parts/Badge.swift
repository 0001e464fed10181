import HTML
import Proresult

/// A state in words and colour, never by colour alone.
struct Badge {
    enum Kind: String {
        /// Done.
        case good
        /// On its way, or waiting for somebody who is not late.
        case waiting
        /// Stopped: a person has to do something.
        case stop
        /// Over, switched off, of no interest now.
        case over
    }

    static func markup(_ visit: Visit, _ text: Text, _ kind: Kind) -> Markup {
        "<span class=\"badge \(kind.rawValue)\">\(visit.text(text))</span>"
    }
}

/// A box around one thing.
enum Card {
    static func markup(_ heading: Markup, level: Int = 2, kind: String = "", _ body: Markup) -> Markup {
        let heading: Markup = level == 2 ? "<h2>\(heading)</h2>" : "<h3>\(heading)</h3>"
        return "<section class=\"card \(kind)\">\(heading)\n\(body)</section>\n"
    }
}

/// Facts of one record, name by name.
enum Facts {
    static func markup(_ visit: Visit, _ facts: [(Text, Markup)]) -> Markup {
        "<dl class=\"facts\">\(facts.map { "<div><dt>\(visit.text($0.0))</dt><dd>\($0.1)</dd></div>" as Markup })</dl>"
    }
}

/// Small drawings that say nothing by themselves: the word always stands beside them.
enum Icon {
    static let clock: Markup = """
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/></svg>
        """
    static let person: Markup = """
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/></svg>
        """
    static let pencil: Markup = """
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 20l1-5L16 4l4 4L9 19zM13 7l4 4"/></svg>
        """
    /// An arrow out of a store building: a withdrawal.
    static let takenOut: Markup = """
        <svg class="icon out" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 21V9l7-5 7 5v3M3 21h9M7 21v-6h4v6M14 17h8M19 14l3 3-3 3"/></svg>
        """
    /// An arrow into it: a return.
    static let broughtBack: Markup = """
        <svg class="icon back" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 21V9l7-5 7 5v3M3 21h9M7 21v-6h4v6M22 17h-8M17 14l-3 3 3 3"/></svg>
        """
}
