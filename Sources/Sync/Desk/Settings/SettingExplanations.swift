import Proresult

extension SyncSettings.Key {
    /// What the setting does, for the page where it is chosen.
    public var explanation: Text {
        switch self {
        case .projectAddressSource:
            Text(
                "Hvor prosjektets adresse hentes fra. Visma har ingen egen adresse på prosjekt.",
                "Where a project's address comes from. Visma has none on the project itself.")
        case .suspendedProjects:
            Text(
                "Om et prosjekt som er satt på vent i Visma, avsluttes her, eller bare holdes tilbake ved overføring.",
                "Whether a project suspended in Visma is closed here, or only held back from transfer.")
        case .itemSubgroup:
            Text(
                "Om nye varer legges i undergruppe etter varetype eller etter vareklasse.",
                "Whether new items go into a subgroup by item type or by item class.")
        case .zeroPriceOverwrites:
            Text(
                "Om prisen 0 i Visma skal overskrive en pris som er satt her.",
                "Whether a price of 0 in Visma overwrites one that was set here.")
        case .hoursStartDate:
            Text("Timer fra før denne datoen overføres ikke.", "Hours from before this date are not transferred.")
        case .hoursItemNumber:
            Text("Varen som alle timer føres på i Visma.", "The item that all hours are entered on in Visma.")
        case .hoursDebitAccount:
            Text(
                "Kontoen som timekosten debiteres. Den må høre til kontogruppe 5 i Visma.",
                "The account that the cost of hours is debited. It must belong to account group 5 in Visma.")
        case .hoursCreditAccount:
            Text("Kontoen som timekosten krediteres.", "The account that the cost of hours is credited.")
        case .hoursDebitSubaccount, .withdrawalsDebitSubaccount:
            Text("Subkonto på debetsiden. Kan stå tom.", "Sub-account of the debit side. May be empty.")
        case .hoursCreditSubaccount, .withdrawalsCreditSubaccount:
            Text("Subkonto på kreditsiden. Kan stå tom.", "Sub-account of the credit side. May be empty.")
        case .withdrawalsStartDate:
            Text(
                "Vareuttak fra før denne datoen overføres ikke.",
                "Withdrawals from before this date are not transferred.")
        case .withdrawalsItemNumber:
            Text(
                "Varen som fritekstvarer og varer uten kobling føres på i Visma.",
                "The item that free-text items and items without a link are entered on in Visma.")
        case .withdrawalsDebitAccount:
            Text(
                "Kontoen som vareuttak debiteres. Den må høre til kontogruppen som er valgt.",
                "The account that withdrawals are debited. It must belong to the chosen account group.")
        case .withdrawalsCreditAccount:
            Text("Kontoen som vareuttak krediteres.", "The account that withdrawals are credited.")
        case .withdrawalsAccountGroup:
            Text("Kontogruppen som vareuttak føres på i Visma.", "The account group of withdrawals in Visma.")
        case .withdrawalsTask:
            Text(
                "Oppgaven som vareuttak føres på. Den må finnes på hvert prosjekt som det tas ut varer til.",
                "The task of withdrawals. It must exist on every project that items are taken out for.")
        case .withdrawalsPrice:
            Text("Om utpris eller innpris overføres.", "Whether the sales price or the cost price is transferred.")
        case .closedPeriod:
            Text(
                "Hva som skjer med linjer når perioden deres er lukket: de holdes, eller går i neste åpne periode.",
                "What happens to lines whose period is closed: they are held, or go into the next open period.")
        }
    }
}

extension KnownSetting {
    /// The words of a choice of ours.
    func words(of choice: String) -> Text {
        switch (key, choice) {
        case (.projectAddressSource, "locationThenDeliveryThenMain"):
            Text("Lokasjonen, så leveringsadressen, så hovedadressen", "Location, then delivery, then main address")
        case (.projectAddressSource, "delivery"):
            Text("Kundens leveringsadresse", "The customer's delivery address")
        case (.projectAddressSource, "main"): Text("Kundens hovedadresse", "The customer's main address")
        case (.projectAddressSource, _): Text("Ingen adresse", "No address")
        case (.suspendedProjects, "close"): Text("Avslutt prosjektet her", "Close the project here")
        case (.suspendedProjects, _): Text("Hold linjene tilbake", "Hold the lines back")
        case (.itemSubgroup, "itemClass"): Text("Vareklasse", "Item class")
        case (.itemSubgroup, _): Text("Varetype", "Item type")
        case (.withdrawalsPrice, "cost"): Text("Innpris", "Cost price")
        case (.withdrawalsPrice, _): Text("Utpris", "Sales price")
        case (.closedPeriod, "nextOpen"): Text("Neste åpne periode", "Next open period")
        case (.closedPeriod, _): Text("Hold linjene tilbake", "Hold the lines back")
        case (nil, "1"): Text("Ett steg", "One step")
        case (nil, "2"): Text("To steg", "Two steps")
        case (_, "yes"): Text("Ja", "Yes")
        case (_, "no"): Text("Nei", "No")
        default: Text(choice, choice)
        }
    }
}
