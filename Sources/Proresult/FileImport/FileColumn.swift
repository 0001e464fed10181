/// The columns of import files; the raw value is the English heading. Described for users in `docs/file-import.md`.
enum FileColumn: String, CaseIterable, Sendable {
    case kind, reference, employeeNumber, username, name, email, phone, role, active, vismaEmployeeNumber, hourlyWage
    case wageFrom, number, unit, salesPrice, costPrice, mainGroup, subgroup, projectNumber, task, workType, date, from
    case to, `break`, total, overtime50, overtime100, billable, comment, internalNote, approved, itemNumber, text
    case quantity, discountPercent, note, returnOf

    /// A heading in a file of a kind: English or Norwegian, whatever its case, spaces, hyphens and full stops.
    init?(heading: String, kind: FileKind) {
        let wanted = Self.plain(heading)
        guard
            let column = kind.columns.first(where: { column in
                Self.plain(column.rawValue) == wanted || column.norwegian.contains(wanted)
            })
        else { return nil }
        self = column
    }

    private static func plain(_ heading: String) -> String {
        heading.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// Norwegian headings, in the plain form.
    private var norwegian: [String] {
        switch self {
        case .kind: ["type"]
        case .reference: ["referanse"]
        case .employeeNumber: ["ansattnummer", "ansattnr"]
        case .username: ["brukernavn"]
        case .name: ["navn"]
        case .email: ["epost"]
        case .phone: ["telefon", "mobil"]
        case .role: ["rolle"]
        case .active: ["aktiv"]
        case .vismaEmployeeNumber: ["vismaansattnummer", "vismanetansattnummer"]
        case .hourlyWage: ["timelønn"]
        case .wageFrom: ["lønnfra", "timelønnfra"]
        case .number: ["varenummer", "varenr", "nummer"]
        case .unit: ["enhet"]
        case .salesPrice: ["pris", "utpris"]
        case .costPrice: ["innpris", "kostpris"]
        case .mainGroup: ["hovedgruppe"]
        case .subgroup: ["undergruppe"]
        case .projectNumber: ["prosjektnummer", "prosjektnr", "prosjekt"]
        case .task: ["oppgave", "prosjektoppgave"]
        case .workType: ["arbeidsart"]
        case .date: ["dato"]
        case .from: ["fra"]
        case .to: ["til"]
        case .break: ["pause"]
        case .total: ["timer"]
        case .overtime50: ["overtid50"]
        case .overtime100: ["overtid100"]
        case .billable: ["fakturerbar", "fakturerbare", "fakturerbaretimer"]
        case .comment: ["kommentar"]
        case .internalNote: ["internmerknad"]
        case .approved: ["godkjent"]
        case .itemNumber: ["varenummer", "varenr"]
        case .text: ["tekst", "varetekst"]
        case .quantity: ["antall", "mengde"]
        case .discountPercent: ["rabatt", "rabattprosent"]
        case .note: ["merknad"]
        case .returnOf: ["returav"]
        }
    }
}
