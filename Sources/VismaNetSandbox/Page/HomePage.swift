import HTML

/// `/`: the companies of the sandbox and what arrived last.
func renderHome(_ model: PageModel) -> String {
    let companies = model.companies.map { owner in
        company(owner, documents: model.documents.filter { $0.tenantID == owner.tenantID })
    }
    let newest = TransactionTable.documents(model.documents.suffix(10).reversed(), model: model)
    return PageLayout.render(
        "Selskaper",
        """
        <p class="lead">Dette er hva «Visma.net» holder akkurat nå. Last siden på nytt for å se timer og uttak komme inn.</p>
        \(companies)
        <h2>Nyeste prosjekttransaksjoner</h2>
        \(newest)
        """)
}

private func company(_ company: CompanyRecords, documents: [PageDocument]) -> Markup {
    let open = company.periods.filter { $0.active && !$0.closedInGeneralLedger }.map(\.period)
    let released = documents.filter { $0.status == "Released" }.count
    let facts: [(String, String)] = [
        ("Kunder", NorwegianText.count(company.customers.count)),
        ("Prosjekter", NorwegianText.count(company.projects.count)),
        ("Oppgaver", NorwegianText.count(company.tasks.count)),
        ("Varer", NorwegianText.count(company.items.count)),
        ("Ansatte", NorwegianText.count(company.employees.count)),
        ("Konti", NorwegianText.count(company.accounts.count)),
        ("Åpne perioder", open.isEmpty ? "ingen" : openRange(open)),
        ("Dokumenter", "\(NorwegianText.count(documents.count)), \(NorwegianText.count(released)) frigitt"),
    ]
    return """
        <section class="card"><h2>\(company.name)</h2>
        <div class="lead">Org.nr. \(company.corporateID) · Tenant \(company.tenantID)</div>
        <dl class="facts">\(facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as Markup })</dl>
        </section>
        """
}

private func openRange(_ periods: [String]) -> String {
    guard let first = periods.first, let last = periods.last, first != last else { return periods.joined() }
    return "\(first)–\(last)"
}
