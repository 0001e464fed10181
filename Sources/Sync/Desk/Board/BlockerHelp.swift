import Proresult

extension Blocker.Reason {
    /// What stands behind the reason and what a person does about it.
    public var help: Text {
        switch self {
        case .notApproved:
            Text(
                "Bare godkjente timer overføres. Lederen godkjenner dem under Timer.",
                "Only approved hours are transferred. A leader approves them under Hours.")
        case .rejectedByLeader:
            Text(
                "Lederen avviste timene med en kommentar. Arbeideren retter dem, og så godkjennes de på nytt.",
                "The leader rejected the hours with a comment. The worker mends them, and they are approved anew.")
        case .workerNotLinked:
            Text(
                "Åpne arbeideren og fyll ut Visma.net ansattnummer. Feltet foreslår ansatte fra Visma.",
                "Open the worker and fill in the Visma.net employee number. The field suggests employees from Visma.")
        case .employeeNotInERP:
            Text(
                "Nummeret på arbeideren finnes ikke i Visma, eller den ansatte er satt inaktiv der. Rett nummeret, eller sett den ansatte aktiv i Visma.",
                "The worker's number is not in Visma, or the employee is inactive there. Mend the number, or make the employee active in Visma."
            )
        case .projectNotLinked:
            Text(
                "Prosjektet er laget her og finnes ikke i Visma. Lag det i Visma med samme nummer og hent prosjekt, eller flytt linjen til et prosjekt fra Visma.",
                "The project was made here and is not in Visma. Make it in Visma with the same number and fetch the projects, or move the line to a project from Visma."
            )
        case .projectClosed:
            Text(
                "Prosjektet ble avsluttet i Visma etter at linjen ble ført. Åpne det i Visma, hent prosjekt og overfør, eller flytt linjen.",
                "The project was closed in Visma after the line was registered. Open it in Visma, fetch the projects and transfer, or move the line."
            )
        case .projectSuspended:
            Text(
                "Prosjektet er satt på vent i Visma. Linjen venter til det er aktivt igjen der.",
                "The project is suspended in Visma. The line waits until it is active again there.")
        case .absenceProject:
            Text(
                "Fravær går aldri til Visma. Det er ikke noe å rette.",
                "Absence never goes to Visma. There is nothing to mend.")
        case .workTypeNotFromVisma:
            Text(
                "Timer på en arbeidsart fra Proresult går aldri til Visma. Velg en av oppgavene som prosjektet har fra Visma.",
                "Hours on a work type of Proresult never go to Visma. Choose one of the tasks that the project has from Visma."
            )
        case .taskClosed:
            Text(
                "Oppgaven er fullført eller fjernet i Visma. Åpne den der og hent prosjekt, eller velg en annen arbeidsart.",
                "The task was completed or removed in Visma. Open it there and fetch the projects, or choose another work type."
            )
        case .taskNotOnProject:
            Text(
                "Vareuttak føres på én fast oppgave, valgt i innstillingene. Lag oppgaven på prosjektet i Visma og hent prosjekt, eller velg en annen oppgave.",
                "Item withdrawals go to one task, chosen in the settings. Make the task on the project in Visma and fetch the projects, or choose another task."
            )
        case .noWage:
            Text(
                "Satsen i Visma er timelønnen den dagen. Åpne arbeideren og sett en timelønn som gjelder fra dagen eller før.",
                "The rate in Visma is the wage of that day. Open the worker and set a wage that is valid from that day or before."
            )
        case .noPrice:
            Text(
                "Linjen har ikke prisen som innstillingene sier skal overføres, utpris eller innpris. Sett prisen på linjen.",
                "The line lacks the price that the settings say is transferred, sales or cost price. Set the price on the line."
            )
        case .badQuantity:
            Text(
                "Antallet er null eller har flere desimaler enn Visma tar imot. Rett linjen.",
                "The quantity is zero or has more decimals than Visma takes. Mend the line.")
        case .settingMissing:
            Text(
                "Et valg som overføringen trenger, er ikke gjort. Knappen på linjen åpner innstillingen.",
                "A choice that the transfer needs has not been made. The line's button opens the setting.")
        case .accountNotUsable:
            Text(
                "Kontoen i innstillingene finnes ikke i Visma eller er inaktiv. Velg en annen, eller sett kontoen aktiv i Visma.",
                "The account in the settings is not in Visma or is inactive. Choose another, or make the account active in Visma."
            )
        case .itemInactive:
            Text(
                "Varen er satt inaktiv i Visma. Sett den aktiv der og hent varer, eller bruk en annen vare.",
                "The item is inactive in Visma. Make it active there and fetch the items, or use another item.")
        case .periodMissing:
            Text(
                "Regnskapet i Visma har ingen periode som datoen hører til. Regnskap må lage perioden i Visma.",
                "The books in Visma have no period that the date belongs to. Accounting must make the period in Visma.")
        case .periodClosed:
            Text(
                "Regnskap kan åpne perioden i Visma, eller linjene kan sendes i en åpen periode som velges på forsiden.",
                "Accounting can open the period in Visma, or the lines can be sent in an open period that is chosen on the start page."
            )
        case .beforeStartDate:
            Text(
                "Linjen er fra før startdatoen i innstillingene. Det er vanligvis meningen. Skal den over, sett en tidligere dato.",
                "The line is from before the start date in the settings. That is usually meant. If it shall go, set an earlier date."
            )
        case .originalNotTransferred:
            Text(
                "En retur går etter uttaket den retter. Få uttaket overført først; så følger returen av seg selv.",
                "A return goes after the withdrawal that it mends. Get that transferred first; the return follows by itself."
            )
        case .refusedByERP:
            Text(
                "Visma leste linjen og sa nei. Ordene fra Visma står på linjen. Rett det de gjelder, og prøv linjen på nytt.",
                "Visma read the line and said no. Visma's words stand on the line. Mend what they are about, and try the line again."
            )
        }
    }
}
