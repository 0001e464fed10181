import HTML

/// `/page/transactions`, the newest document first. `status` is one of the API's words, or empty for all.
func renderTransactions(_ model: PageModel, status: String = "", page: Int = 1) -> String {
    let chosen = model.documents.filter { status.isEmpty || $0.status == status }
    let slice = PageSlice(chosen.reversed(), page: page, size: 25)
    let severalCompanies = model.companies.count > 1
    let documents = slice.elements.map { document -> Markup in
        """
        <section class="document card"><h2>\(TransactionTable.link(document)) \(PageLayout.badge(document.status))</h2>
        <div>\(document.description)</div>
        <div class="lead">Lagret \(document.created) · \(NorwegianText.amount(document.amount)) kr\
        \(severalCompanies ? " · \(model.companyName(document.tenantID))" : "")</div>
        \(TransactionTable.lines([document], namingDocument: false))
        </section>
        """
    }
    return PageLayout.render(
        "Prosjekttransaksjoner",
        """
        \(statusChoices(status))
        <p class="lead">\(NorwegianText.count(slice.total)) \(slice.total == 1 ? "dokument" : "dokumenter")</p>
        <h2>Sum per konto</h2>\(AccountSums(chosen).render(companies: model.companies))
        <h2>Dokumenter</h2>\(documents)
        \(slice.links(path: "/page/transactions", query: status.isEmpty ? "" : "status=\(Markup.urlPart(status))"))
        """)
}

/// `/page/transactions/{id}`, nil when there is no such document.
///
/// - Parameter problem: why the document was not released just now.
func renderTransaction(_ model: PageModel, id: String, problem: String? = nil) -> String? {
    guard let document = model.document(id) else { return nil }
    let facts: [(String, Markup)] = [
        ("Status", PageLayout.badge(document.status)), ("Periode", "\(document.periods)"),
        ("Lagret", "\(document.created)"), ("Linjer", "\(document.lines.count)"),
        ("Antall", "\(NorwegianText.quantity(document.quantity))"),
        ("Beløp", "\(NorwegianText.amount(document.amount))"),
        ("Selskap", "\(model.companyName(document.tenantID))"),
    ]
    let alert: Markup = problem.map { "<p class=\"alert\" role=\"alert\">Ikke frigitt: \($0)</p>" } ?? .nothing
    return PageLayout.render(
        "Dokument \(document.refNbr)",
        """
        \(alert)<section class="card"><h2>\(document.description)</h2>
        <dl class="facts">\(facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as Markup })</dl></section>
        \(releaseForm(document))
        <h2>Linjer</h2>\(TransactionTable.lines([document], namingDocument: false))
        <h2>Sum per konto</h2>
        \(AccountSums([document]).render(companies: model.companies.filter { $0.tenantID == document.tenantID }))
        """)
}

/// Releasing is done by a person in Visma.net; the API has no call for it (API.md 4).
private func releaseForm(_ document: PageDocument) -> Markup {
    guard document.canBeReleased else { return .nothing }
    return """
        <form method="post" action="/page/transactions/\(Markup.urlPart(document.id))">
        <button class="primary">Frigi (Release)</button>
        <span class="lead">slik en regnskapsmedarbeider gjør det i Visma.net</span></form>
        """
}

private func statusChoices(_ chosen: String) -> Markup {
    let choices = [("", "Alle"), ("Hold", "På vent"), ("Balanced", "Balansert"), ("Released", "Frigitt")]
    let links = choices.map { status, text -> Markup in
        let query = status.isEmpty ? "" : "?status=\(status)"
        let current: Markup = status == chosen ? " aria-current=\"page\"" : .nothing
        return "<a href=\"/page/transactions\(query)\"\(current)>\(text)</a>"
    }
    return "<nav class=\"choices\" aria-label=\"Status\">\(links)</nav>"
}
