import HTML

/// `/page/projects`
func renderProjects(_ model: PageModel, search: String = "", page: Int = 1) -> String {
    let needle = search.lowercased()
    let found = model.companies.flatMap { company in
        company.projects.filter { project in
            needle.isEmpty || project.projectID.lowercased().contains(needle)
                || project.description.lowercased().contains(needle)
        }.map { (company: company, project: $0) }
    }
    let slice = PageSlice(found, page: page, size: 100)
    var table = PageTable(
        columns: [
            ("Nummer", .code), ("Navn", .text), ("Status", .text), ("Kunde", .text), ("Start", .code),
            ("Prosjektleder", .text),
        ], empty: "Ingen prosjekter passer.")
    table.rows = slice.elements.map { company, project in
        [
            projectLink(project.projectID), "\(project.description)", PageLayout.badge(project.status),
            "\(customerText(project, company))", "\(project.startDate ?? "")", "\(managerText(project, company))",
        ]
    }
    return PageLayout.render(
        "Prosjekter",
        """
        \(PageLayout.searchForm(path: "/page/projects", text: search, label: "Nummer eller navn"))
        <p class="lead">\(NorwegianText.count(slice.total)) prosjekter</p>
        \(table.render())
        \(slice.links(path: "/page/projects", query: search.isEmpty ? "" : "q=\(Markup.urlPart(search))"))
        """)
}

/// `/page/projects/{number}`, nil when no company has the number. Several companies may have it: then all are shown.
func renderProject(_ model: PageModel, number: String) -> String? {
    let found = model.companies.flatMap { company in
        company.projects.filter { $0.projectID == number }.map { (company: company, project: $0) }
    }
    guard !found.isEmpty else { return nil }
    return PageLayout.render(
        "Prosjekt \(number)", Markup(found.map { section($0.project, $0.company, model: model) }))
}

private func section(_ project: ProjectRecord, _ company: CompanyRecords, model: PageModel) -> Markup {
    let facts: [(String, Markup)] = [
        ("Status", PageLayout.badge(project.status)), ("Kunde", "\(customerText(project, company))"),
        ("Adresse", "\(addressText(project, company))"), ("Prosjektleder", "\(managerText(project, company))"),
        ("Start", "\(project.startDate ?? "–")"), ("Slutt", "\(project.endDate ?? "–")"),
        ("Selskap", "\(company.name)"),
        ("Sist endret", "\(String(project.lastModified.prefix(16)).replacing("T", with: " "))"),
    ]
    var tasks = PageTable(columns: [("Oppgave", .code), ("Navn", .text), ("Status", .text)], empty: "Ingen oppgaver.")
    tasks.rows = company.tasks.filter { $0.projectInternalID == project.internalID }.map {
        ["\($0.taskID)", "\($0.description)", PageLayout.badge($0.status)]
    }
    let posted = model.documents.filter { $0.tenantID == company.tenantID }.compactMap { document in
        var document = document
        document.lines.removeAll { $0.project != project.projectID }
        return document.lines.isEmpty ? nil : document
    }
    return """
        <section class="card"><h2>\(project.description)</h2>
        <dl class="facts">\(facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as Markup })</dl></section>
        <h2>Oppgaver</h2>\(tasks.render())
        <h2>Prosjekttransaksjoner</h2>\(TransactionTable.lines(posted.reversed(), namingDocument: true))
        <h2>Sum per konto</h2>\(AccountSums(posted).render(companies: [company]))
        """
}

func projectLink(_ number: String) -> Markup {
    number.isEmpty ? .nothing : "<a href=\"/page/projects/\(Markup.urlPart(number))\">\(number)</a>"
}

private func customerText(_ project: ProjectRecord, _ company: CompanyRecords) -> String {
    guard let number = project.customerNumber else { return "–" }
    let name = company.customers.first { $0.number == number }?.name ?? "ukjent kunde"
    return "\(number) \(name)"
}

private func managerText(_ project: ProjectRecord, _ company: CompanyRecords) -> String {
    guard let number = project.managerEmployeeNumber else { return "–" }
    guard let employee = company.employees.first(where: { $0.employeeNumber == number }) else { return number }
    return "\(employee.firstName) \(employee.lastName) (\(number))"
}

/// The customer's location when the project names one, otherwise the customer's delivery or main address (API.md 3.2).
private func addressText(_ project: ProjectRecord, _ company: CompanyRecords) -> String {
    guard let customer = company.customers.first(where: { $0.number == project.customerNumber }) else { return "–" }
    let location = customer.locations.first { $0.internalID == project.customerLocationID }
    let address = location?.address ?? customer.deliveryAddress ?? customer.mainAddress
    return "\(address.line1), \(address.postalCode) \(address.city)"
}
