/// What is wrong with a file or a cell of it, before any rule of the business is asked.
enum FileFault: Error, Hashable {
    // The file
    case tooLarge(limitMiB: Int)
    case tooManyRows(limit: Int)
    case notUTF8
    case hasNoRows
    case unknownKind
    case unknownColumn(String)
    case doubleColumn(String)
    case missingColumn(FileColumn)
    case openQuote
    case notJSON(String)
    case tooDeep(limit: Int)

    // The row
    case strayQuote
    case cellCount(found: Int, expected: Int)
    case notARow
    case doubleKey(String, firstLine: Int)
    case otherKind(String)
    case workTypeOrTask
    case noSuchTask(String, project: String)
    case noSuchWorkType(String, project: String)
    case itemOrText
    case wageAndDate
    case returnDiffers

    // The cell
    case missing
    case notPlainValue
    case notNumber(String)
    case notWholeNumber(String)
    case notDate(String)
    case notTime(String)
    case notYesNo(String)
    case notRole(String)

    var english: String { words.0 }
    var norwegian: String { words.1 }

    private var words: (String, String) {
        switch self {
        case .tooLarge(let limit):
            ("The file is larger than \(limit) MiB.", "Filen er større enn \(limit) MiB.")
        case .tooManyRows(let limit):
            ("The file has more than \(limit) rows.", "Filen har flere enn \(limit) rader.")
        case .notUTF8:
            (
                "The file is not UTF-8 text. In a spreadsheet, save it as “CSV UTF-8”.",
                "Filen er ikke UTF-8-tekst. Lagre den som «CSV UTF-8» fra regnearket."
            )
        case .hasNoRows: ("The file has no rows.", "Filen har ingen rader.")
        case .unknownKind:
            (
                "It cannot be told what the rows are. Let the file's name begin with workers, items, hours or "
                    + "withdrawals.",
                "Det går ikke fram hva radene er. La filnavnet begynne med arbeidere, varer, timer eller vareuttak."
            )
        case .unknownColumn(let name): ("There is no column “\(name)”.", "Det finnes ingen kolonne «\(name)».")
        case .doubleColumn(let name):
            ("The column “\(name)” stands twice.", "Kolonnen «\(name)» står to ganger.")
        case .missingColumn(let column):
            ("The column “\(column.rawValue)” is missing.", "Kolonnen «\(column.rawValue)» mangler.")
        case .openQuote:
            ("A quotation mark is opened here and never closed.", "Et anførselstegn åpnes her og lukkes aldri.")
        case .notJSON(let why): ("This is not JSON: \(why).", "Dette er ikke JSON: \(why).")
        case .tooDeep(let limit):
            ("The JSON is nested more than \(limit) deep.", "JSON-en er nøstet mer enn \(limit) nivåer.")
        case .strayQuote:
            (
                "A quotation mark stands inside a cell. Put the cell in quotation marks and double those in it.",
                "Et anførselstegn står inne i en celle. Sett anførselstegn rundt cellen og doble dem som står i den."
            )
        case .cellCount(let found, let expected):
            (
                "The row has \(found) cells and the heading has \(expected).",
                "Raden har \(found) celler og overskriften har \(expected)."
            )
        case .notARow: ("An object is expected here.", "Her skal det stå et objekt.")
        case .doubleKey(let key, let line):
            ("“\(key)” stands on line \(line) already.", "«\(key)» står allerede på linje \(line).")
        case .otherKind(let word):
            ("The row says “\(word)” and the file is of another kind.", "Raden sier «\(word)», men filen er en annen.")
        case .workTypeOrTask:
            ("Give either task or workType.", "Oppgi enten oppgave eller arbeidsart.")
        case .noSuchTask(let task, let project):
            ("Project \(project) has no task \(task).", "Prosjekt \(project) har ingen oppgave \(task).")
        case .noSuchWorkType(let number, let project):
            (
                "Project \(project) has no work type \(number). Add it to the project first.",
                "Prosjekt \(project) har ingen arbeidsart \(number). Legg den til på prosjektet først."
            )
        case .itemOrText: ("Give an itemNumber or a text.", "Oppgi varenummer eller tekst.")
        case .wageAndDate:
            ("hourlyWage and wageFrom belong together.", "Timelønn og lønn fra hører sammen.")
        case .returnDiffers:
            (
                "A return has this from the line it returns, where it is something else.",
                "En retur har dette fra linjen den returnerer, og der står det noe annet."
            )
        case .missing: ("A value is missing.", "Verdien mangler.")
        case .notPlainValue:
            ("A text, a number, true or false is expected.", "Her skal det stå en tekst, et tall, true eller false.")
        case .notNumber(let text): ("“\(text)” is not a number.", "«\(text)» er ikke et tall.")
        case .notWholeNumber(let text):
            ("“\(text)” is not a whole number.", "«\(text)» er ikke et heltall.")
        case .notDate(let text):
            (
                "“\(text)” is not a date. Write 2026-11-24 or 24.11.2026.",
                "«\(text)» er ikke en dato. Skriv 2026-11-24 eller 24.11.2026."
            )
        case .notTime(let text):
            ("“\(text)” is not a time. Write 07:30.", "«\(text)» er ikke et klokkeslett. Skriv 07:30.")
        case .notYesNo(let text): ("“\(text)” is neither yes nor no.", "«\(text)» er verken ja eller nei.")
        case .notRole(let text):
            (
                "“\(text)” is not a role. Write worker, leader, administrator or bookkeeper.",
                "«\(text)» er ikke en rolle. Skriv worker, leader, administrator eller bookkeeper."
            )
        }
    }
}

/// A fault with its place.
struct FileFaultAt: Error, Hashable {
    let fault: FileFault
    var line: Int?
    var field: String?
    /// Of the row; nil when the fault is the file's.
    var kind: FileKind?
}
