import Proresult

/// The words of the blockers: the only place where a reason is put into a sentence.
extension Blocker {
    public func text(_ language: Language) -> String {
        switch language {
        case .norwegian: norwegian
        case .english: english
        }
    }

    private var norwegian: String {
        switch self {
        case .notApproved: "Timene er ikke godkjent ennå."
        case .rejectedByLeader: "Timene er avvist. Rett dem og send dem til godkjenning på nytt."
        case .workerNotLinked(let worker): "\(worker) mangler Visma.net ansattnummer."
        case .employeeNotInERP(let worker, let number):
            "Visma har ingen aktiv ansatt med nummer \(number), som står på \(worker)."
        case .projectNotLinked(let project): "Prosjekt \(project) er ikke koblet til Visma."
        case .projectClosed(let project): "Prosjekt \(project) er avsluttet i Visma."
        case .projectSuspended(let project): "Prosjekt \(project) er satt på vent i Visma."
        case .absenceProject(let project): "\(project) er et fraværsprosjekt. Fravær overføres ikke."
        case .workTypeNotFromVisma(let workType):
            "Ført på arbeidsarten «\(workType)» fra Proresult. Velg en arbeidsart som kommer fra Visma."
        case .taskClosed(let project, let task): "Oppgave \(task) på prosjekt \(project) er lukket i Visma."
        case .taskNotOnProject(let project, let task):
            "Prosjekt \(project) har ikke oppgave \(task), som er valgt for vareuttak."
        case .noWage(let worker, let date):
            "\(worker) har ingen timelønn som gjelder \(Language.norwegian.date(date))."
        case .noPrice(let item): "«\(item)» har ingen pris."
        case .badQuantity: "Antallet kan ikke overføres: det er null eller har for mange desimaler."
        case .settingMissing(let key): "Innstillingen «\(key.norwegian)» er ikke satt."
        case .accountNotUsable(let account): "Konto \(account) finnes ikke eller er ikke aktiv i Visma."
        case .itemInactive(let item): "Vare \(item) er ikke aktiv i Visma."
        case .periodMissing(let date): "Visma har ingen regnskapsperiode for \(Language.norwegian.date(date))."
        case .periodClosed(let period):
            "Perioden \(Self.shown(period)) er lukket i Visma. Velg en åpen periode, eller be regnskap åpne den."
        case .beforeStartDate(let start):
            "Linjen er fra før startdatoen \(Language.norwegian.date(start)) for overføring."
        case .originalNotTransferred: "Uttaket som returneres, er ikke overført ennå."
        case .refusedByERP(let explanation): "Visma avviste linjen: \(explanation)"
        }
    }

    private var english: String {
        switch self {
        case .notApproved: "The hours are not approved yet."
        case .rejectedByLeader: "The hours were rejected. Mend them and ask for approval again."
        case .workerNotLinked(let worker): "\(worker) has no Visma.net employee number."
        case .employeeNotInERP(let worker, let number):
            "Visma has no active employee with number \(number), which is on \(worker)."
        case .projectNotLinked(let project): "Project \(project) is not linked to Visma."
        case .projectClosed(let project): "Project \(project) is closed in Visma."
        case .projectSuspended(let project): "Project \(project) is suspended in Visma."
        case .absenceProject(let project): "\(project) is an absence project. Absence is not transferred."
        case .workTypeNotFromVisma(let workType):
            "Entered on the Proresult work type “\(workType)”. Choose a work type that comes from Visma."
        case .taskClosed(let project, let task): "Task \(task) of project \(project) is closed in Visma."
        case .taskNotOnProject(let project, let task):
            "Project \(project) has no task \(task), which is chosen for item withdrawals."
        case .noWage(let worker, let date):
            "\(worker) has no hourly wage that is valid on \(Language.english.date(date))."
        case .noPrice(let item): "“\(item)” has no price."
        case .badQuantity: "The quantity cannot be transferred: it is zero or has too many decimals."
        case .settingMissing(let key): "The setting “\(key.english)” is not set."
        case .accountNotUsable(let account): "Account \(account) does not exist or is not active in Visma."
        case .itemInactive(let item): "Item \(item) is not active in Visma."
        case .periodMissing(let date): "Visma has no financial period for \(Language.english.date(date))."
        case .periodClosed(let period):
            "Period \(Self.shown(period)) is closed in Visma. Choose an open period, or have accounting open it."
        case .beforeStartDate(let start):
            "The line is from before the start date \(Language.english.date(start)) of the transfer."
        case .originalNotTransferred: "The withdrawal that is returned has not been transferred yet."
        case .refusedByERP(let explanation): "Visma refused the line: \(explanation)"
        }
    }

    /// `202603` as people write it: `03-2026`.
    static func shown(_ period: String) -> String {
        period.count == 6 ? "\(period.suffix(2))-\(period.prefix(4))" : period
    }
}

extension SyncSettings.Key {
    public var norwegian: String {
        switch self {
        case .projectAddressSource: "Adresse på prosjekt"
        case .suspendedProjects: "Prosjekt på vent"
        case .itemSubgroup: "Undergruppe for varer"
        case .zeroPriceOverwrites: "Pris 0 overskriver"
        case .hoursStartDate: "Startdato for timer"
        case .hoursItemNumber: "Std. varenummer for timer"
        case .hoursDebitAccount: "Debit-konto for timer"
        case .hoursCreditAccount: "Kredit-konto for timer"
        case .hoursDebitSubaccount: "Debit-subkonto for timer"
        case .hoursCreditSubaccount: "Kredit-subkonto for timer"
        case .withdrawalsStartDate: "Startdato for vareuttak"
        case .withdrawalsItemNumber: "Std. varenummer for fritekstvarer"
        case .withdrawalsDebitAccount: "Debit-konto for vareuttak"
        case .withdrawalsCreditAccount: "Kredit-konto for vareuttak"
        case .withdrawalsDebitSubaccount: "Debit-subkonto for vareuttak"
        case .withdrawalsCreditSubaccount: "Kredit-subkonto for vareuttak"
        case .withdrawalsAccountGroup: "Kontogruppe for vareuttak"
        case .withdrawalsTask: "Prosjektoppgave for vareuttak"
        case .withdrawalsPrice: "Pris for vareuttak"
        case .closedPeriod: "Lukket periode"
        }
    }

    public var english: String {
        switch self {
        case .projectAddressSource: "Project address"
        case .suspendedProjects: "Suspended projects"
        case .itemSubgroup: "Subgroup for items"
        case .zeroPriceOverwrites: "Price 0 overwrites"
        case .hoursStartDate: "Start date for hours"
        case .hoursItemNumber: "Default item number for hours"
        case .hoursDebitAccount: "Debit account for hours"
        case .hoursCreditAccount: "Credit account for hours"
        case .hoursDebitSubaccount: "Debit sub-account for hours"
        case .hoursCreditSubaccount: "Credit sub-account for hours"
        case .withdrawalsStartDate: "Start date for withdrawals"
        case .withdrawalsItemNumber: "Default item number for free-text items"
        case .withdrawalsDebitAccount: "Debit account for withdrawals"
        case .withdrawalsCreditAccount: "Credit account for withdrawals"
        case .withdrawalsDebitSubaccount: "Debit sub-account for withdrawals"
        case .withdrawalsCreditSubaccount: "Credit sub-account for withdrawals"
        case .withdrawalsAccountGroup: "Account group for withdrawals"
        case .withdrawalsTask: "Project task for withdrawals"
        case .withdrawalsPrice: "Price for withdrawals"
        case .closedPeriod: "Closed period"
        }
    }
}
