import Foundation
import Persistence

/// The words of every broken rule, English and Norwegian side by side.
extension ProresultError {
    public var english: String { words.english }
    /// Bokmål.
    public var norwegian: String { words.norwegian }

    typealias Words = (english: String, norwegian: String)

    private var words: Words { wordsOfAnyRecord ?? wordsOfHours ?? wordsOfAccess ?? wordsOfTheRest }

    private var wordsOfAnyRecord: Words? {
        switch self {
        case .notFound(let record, let key):
            ("There is no \(record.english) \(key).", "Det finnes ikke noe slikt: \(record.norwegian) \(key).")
        case .vanished(let record):
            (
                "The \(record.english) was changed or deleted by someone else. Try again.",
                "Noen andre har endret eller slettet dette (\(record.norwegian)). Prøv igjen."
            )
        case .required(_, let field):
            ("\(Field(field).english) is missing.", "\(Field(field).norwegian) mangler.")
        case .unusableText(_, let field):
            (
                "\(Field(field).english) is too long or has characters that cannot be stored.",
                "\(Field(field).norwegian) er for lang eller har tegn som ikke kan lagres."
            )
        case .taken(_, let field, let value, let holder):
            (
                "\(Field(field).english) \(value) belongs to \(holder).",
                "\(Field(field).norwegian) \(value) er i bruk av \(holder)."
            )
        case .inactive(let record, let name):
            (
                "\(name) is inactive and cannot be used for anything new (\(record.english)).",
                "\(name) er inaktiv og kan ikke brukes til noe nytt (\(record.norwegian))."
            )
        case .tooManyDecimals(_, let field, let limit):
            (
                "\(Field(field).english) can have at most \(limit) decimals.",
                "\(Field(field).norwegian) kan ha høyst \(limit) desimaler."
            )
        case .negative(_, let field):
            ("\(Field(field).english) cannot be negative.", "\(Field(field).norwegian) kan ikke være negativ.")
        case .notPositive(_, let field):
            ("\(Field(field).english) must be more than zero.", "\(Field(field).norwegian) må være over null.")
        case .unknownSetting(let key, let value):
            ("The setting \(key) cannot be “\(value)”.", "Innstillingen \(key) kan ikke være «\(value)».")
        case .notAllowed(_, let username):
            ("\(username) is not allowed to do this.", "\(username) har ikke lov til dette.")
        case .dateInFuture(_, let date):
            ("\(Language.english.date(date)) has not come yet.", "\(Language.norwegian.date(date)) er fram i tid.")
        case .locked:
            (
                "This line has been transferred and cannot be changed. Use a return to put it right.",
                "Denne linjen er overført og kan ikke endres. Bruk retur for å rette den."
            )
        case .beingTransferred:
            (
                "This line is being transferred right now. Try again when that is done.",
                "Denne linjen er under overføring. Prøv igjen når den er ferdig."
            )
        case .transferredElsewhere(_, let reference):
            (
                "This line has been transferred already, as \(reference).",
                "Denne linjen er allerede overført, som \(reference)."
            )
        default: nil
        }
    }

    private var wordsOfHours: Words? {
        switch self {
        case .moreThan24Hours(let total):
            ("\(total) hours is more than a day has.", "\(total.bokmål) timer er mer enn et døgn.")
        case .moreThan24HoursOnDay(let date, let total):
            (
                "With this entry the worker has \(total) hours on \(Language.english.date(date)); a day has 24.",
                "Med denne føringen har arbeideren \(total.bokmål) timer den \(Language.norwegian.date(date)); et døgn har 24."
            )
        case .overtimeOverTotal:
            (
                "Overtime is a part of the total and cannot be more than it.",
                "Overtid er en del av timene og kan ikke være flere enn dem."
            )
        case .billableOutsideTotal:
            (
                "Billable hours cannot be more than the total.",
                "Fakturerbare timer kan ikke være flere enn timene i alt."
            )
        case .absenceIsPlain:
            (
                "Absence has neither overtime nor billable hours.",
                "Fravær har verken overtid eller fakturerbare timer."
            )
        case .timesIncomplete:
            ("Give both from and to, or neither.", "Oppgi både fra og til, eller ingen av dem.")
        case .breakTooLong:
            ("The break is as long as the working time.", "Pausen er like lang som arbeidstiden.")
        case .timesDisagree(let expected):
            (
                "From, to and break give \(expected) hours, and the total says something else.",
                "Fra, til og pause gir \(expected.bokmål) timer, men det er ført noe annet."
            )
        case .dateTooOld(let date, let daysBack):
            (
                "\(Language.english.date(date)) is more than \(daysBack) days ago. Ask your leader to do it.",
                "\(Language.norwegian.date(date)) er mer enn \(daysBack) dager tilbake. Be lederen om å gjøre det."
            )
        case .illegalMove(let from, let to):
            (
                "An entry that is \(from.english) cannot become \(to.english).",
                "En føring som er \(from.norwegian), kan ikke bli \(to.norwegian)."
            )
        case .wrongStep(let expected):
            (
                "The entry waits for step \(expected) of the approval.",
                "Føringen venter på trinn \(expected) i godkjenningen."
            )
        case .sameApprover(let username):
            (
                "\(username) did the first step; another person does the second.",
                "\(username) har godkjent trinn 1; en annen må godkjenne trinn 2."
            )
        case .notApproved:
            ("Only approved hours can be transferred.", "Bare godkjente timer kan overføres.")
        case .notTransferred:
            (
                "Only transferred hours are reversed. Change the entry instead.",
                "Bare overførte timer tilbakeføres. Endre føringen i stedet."
            )
        case .alreadyReversed:
            ("The entry has been reversed already.", "Føringen er allerede tilbakeført.")
        case .notReversed:
            (
                "Reverse the entry first, then register the right one.",
                "Tilbakefør føringen først, og før så den riktige."
            )
        case .hasCorrection:
            ("The entry has been corrected already.", "Føringen er allerede rettet.")
        case .reversalIsFixed:
            (
                "A reversal has its figures from the entry that it reverses.",
                "En tilbakeføring har tallene fra føringen den tilbakefører."
            )
        case .deleteOfApproved:
            (
                "An approved entry cannot be deleted. Reject it first.",
                "En godkjent føring kan ikke slettes. Avvis den først."
            )
        case .approvedDiffers:
            (
                "These hours are approved and stand otherwise here. A leader must reject them before they can change.",
                "Timene er godkjent og står annerledes her. En leder må avvise dem før de kan endres."
            )
        default: nil
        }
    }

    private var wordsOfTheRest: Words {
        switch self {
        case .projectClosed(let number):
            ("Project \(number) is closed.", "Prosjekt \(number) er avsluttet.")
        case .workTypeNotFromVisma(let name):
            (
                "“\(name)” is a work type of Proresult, and hours on it never reach Visma. Choose one of the project's tasks.",
                "«\(name)» er en arbeidsart fra Proresult, og timer på den kommer aldri til Visma. Velg en av oppgavene på prosjektet."
            )
        case .projectNotClosed(let number):
            ("Project \(number) is not closed.", "Prosjekt \(number) er ikke avsluttet.")
        case .projectUnderItself(let number):
            (
                "Project \(number) cannot be its own parent, not through sub-projects either.",
                "Prosjekt \(number) kan ikke ligge under seg selv, heller ikke gjennom underprosjekter."
            )
        case .workTypeClosed(let name):
            ("The work type \(name) is closed for new hours.", "Arbeidsarten \(name) er stengt for nye timer.")
        case .workTypeOfOtherProject(let name):
            (
                "The work type \(name) belongs to another project.",
                "Arbeidsarten \(name) hører til et annet prosjekt."
            )
        case .itemGroupTooDeep(let name):
            (
                "\(name): items have a main group and a subgroup, no more.",
                "\(name): varer har hovedgruppe og undergruppe, ikke flere nivå."
            )
        case .hasReturns:
            (
                "Some of this has been returned, so the line cannot be changed.",
                "Noe av dette er returnert, så linjen kan ikke endres."
            )
        case .quantityZero:
            ("The quantity cannot be zero.", "Antallet kan ikke være null.")
        case .freeTextNotAllowed:
            ("The line must have an item from the register.", "Linjen må ha en vare fra vareregisteret.")
        case .textPriceUnitFixed:
            (
                "Text, price and unit of an item cannot be changed.",
                "Varetekst, pris og enhet kan ikke endres."
            )
        case .costPriceFixed:
            ("You cannot set the cost price.", "Du kan ikke endre innprisen.")
        case .extraCostNotAllowed:
            (
                "Your company does not take out items as extra cost.",
                "Firmaet tar ikke ut varer som ekstra kostnad. Det slås på under Oppsett, Vareuttak."
            )
        case .discountOutOfRange:
            ("The discount must be from 0 to 100 per cent.", "Rabatten må være fra 0 til 100 prosent.")
        case .returnOfReturn:
            ("A return cannot be returned.", "En retur kan ikke returneres.")
        case .returnIsFixed:
            (
                "A return cannot be changed. Delete it and return again.",
                "En retur kan ikke endres. Slett den og returner på nytt."
            )
        case .returnTooLarge(let left, let unit):
            (
                "At most \([left.description, unit].spaced) can be returned.",
                "Det kan returneres høyst \([left.bokmål, unit].spaced)."
            )
        default: (String(reflecting: self), String(reflecting: self))
        }
    }
}

extension RecordKind {
    public var english: String {
        switch self {
        case .company: "company"
        case .setting: "setting"
        case .user: "user"
        case .worker: "worker"
        case .wage: "wage"
        case .customer: "customer"
        case .project: "project"
        case .workType, .projectWorkType: "work type"
        case .itemGroup: "item group"
        case .item: "item"
        case .hourEntry: "hour entry"
        case .approval: "approval"
        case .withdrawal: "withdrawal"
        case .session: "session"
        case .programKey: "API key"
        }
    }

    public var norwegian: String {
        switch self {
        case .company: "firma"
        case .setting: "innstilling"
        case .user: "bruker"
        case .worker: "arbeider"
        case .wage: "timelønn"
        case .customer: "kunde"
        case .project: "prosjekt"
        case .workType, .projectWorkType: "arbeidsart"
        case .itemGroup: "varegruppe"
        case .item: "vare"
        case .hourEntry: "timeføring"
        case .approval: "godkjenning"
        case .withdrawal: "vareuttak"
        case .session: "pålogging"
        case .programKey: "API-nøkkel"
        }
    }
}

extension ApprovalState {
    public var english: String {
        switch self {
        case .registered: "registered"
        case .approvedStep1: "approved in step 1"
        case .approved: "approved"
        case .rejected: "rejected"
        case .transferred: "transferred"
        }
    }

    public var norwegian: String {
        switch self {
        case .registered: "registrert"
        case .approvedStep1: "godkjent i trinn 1"
        case .approved: "godkjent"
        case .rejected: "avvist"
        case .transferred: "overført"
        }
    }
}

/// A field as it stands first in a sentence.
private struct Field {
    let english: String
    let norwegian: String

    init(_ name: String) {
        (english, norwegian) =
            switch name {
            case "employeeNumber": ("Employee number", "Ansattnummer")
            case "vismaEmployeeNumber": ("Visma.net employee number", "Visma.net ansattnummer")
            case "username": ("User name", "Brukernavn")
            case "name": ("Name", "Navn")
            case "number": ("Number", "Nummer")
            case "email": ("E-mail", "E-post")
            case "password": ("Password", "Passord")
            case "code": ("Company id", "Bedrifts-id")
            case "expiresAt": ("Expiry", "Utløp")
            case "phone": ("Phone", "Telefon")
            case "hourlyWage": ("Hourly wage", "Timelønn")
            case "total": ("Total hours", "Timer i alt")
            case "overtime50": ("Overtime 50 %", "Overtid 50 %")
            case "overtime100": ("Overtime 100 %", "Overtid 100 %")
            case "billableHours": ("Billable hours", "Fakturerbare timer")
            case "breakMinutes": ("Break", "Pause")
            case "comment": ("Comment", "Kommentar")
            case "internalNote": ("Internal note", "Intern merknad")
            case "note": ("Note", "Merknad")
            case "text", "extraText": ("Text", "Tekst")
            case "unit": ("Unit", "Enhet")
            case "quantity": ("Quantity", "Antall")
            case "salesPrice": ("Price", "Pris")
            case "costPrice": ("Cost price", "Innpris")
            case "discountPercent": ("Discount", "Rabatt")
            case "reference": ("Reference", "Referanse")
            case "key": ("Key", "Nøkkel")
            case "value": ("Value", "Verdi")
            case "address", "deliveryAddress": ("Address", "Adresse")
            case "postalCode", "deliveryPostalCode": ("Postal code", "Postnummer")
            case "city", "deliveryCity": ("Place", "Sted")
            case "id": ("Id", "Id")
            default: (name, name)
            }
    }
}

extension Decimal {
    /// With a decimal comma.
    var bokmål: String { description.replacing(".", with: ",") }
}

extension [String] {
    fileprivate var spaced: String { filter { !$0.isEmpty }.joined(separator: " ") }
}
