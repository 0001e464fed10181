import Proresult

extension Text {
    static let quantity = Text("Antall", "Quantity")
    static let howMany = Text("Skriv hvor mye som er tatt ut.", "Write how much was taken out.")
    static let goodsText = Text("Varetekst", "Item text")
    static let unit = Text("Enhet", "Unit")
    static let salesPrice = Text("Pris (kr uten mva.)", "Price (kr without VAT)")
    static let costPrice = Text("Innpris (kr uten mva.)", "Cost price (kr without VAT)")
    static let discount = Text("Rabatt (prosent)", "Discount (per cent)")
    static let extraCost = Text("Ekstra kostnad", "Extra cost")
    static let extraText = Text("Tekst til ekstra kostnad", "Text of the extra cost")
    static let extraHint = Text("Legges til varenavnet.", "Added to the item's name.")
    /// What lies folded under the form.
    static func more(goods: Bool, extra: Bool) -> Text {
        switch (goods, extra) {
        case (false, false): Text("Merknad", "Note")
        case (false, true): Text("Ekstra kostnad og merknad", "Extra cost and note")
        case (true, false): Text("Annen tekst eller pris, og merknad", "Another text or price, and a note")
        case (true, true):
            Text("Annen tekst eller pris, ekstra kostnad og merknad", "Another text or price, extra cost and note")
        }
    }

    static let takenOut = Text("Uttak", "Withdrawal")
    static let broughtBack = Text("Retur", "Return")
    static let freeTextItem = Text("Fritekstvare", "Free-text item")
    static let invoicedIsLocked = Text(
        "Denne linjen er overført og kan ikke endres. Bruk retur for å rette den.",
        "This line has been transferred and cannot be changed. Use a return to put it right.")
    static let invoicedReturnIsLocked = Text(
        "Denne returen er overført og kan ikke endres. Er den feil, før et nytt vareuttak.",
        "This return has been transferred and cannot be changed. If it is wrong, enter a new withdrawal.")
    static let onItsWay = Text(
        "Denne linjen er under overføring og kan ikke endres nå. Retur kan føres som vanlig.",
        "This line is being transferred and cannot be changed now. A return can be entered as usual.")
    static let hasReturns = Text(
        "Noe av dette er returnert, så linjen kan ikke endres eller slettes. Returner resten, eller slett returen først.",
        "Some of this has been returned, so the line cannot be changed or deleted. Return the rest, or delete the return first."
    )
    static let returnIsFixed = Text(
        "Dette er en retur. Er den feil, slett den og returner på nytt.",
        "This is a return. If it is wrong, delete it and return again.")
    static let allReturned = Text("Alt er returnert.", "All of it has been returned.")
    static let deleteLine = Text("Slett linjen", "Delete the line")
    static let lineDeleted = Text("Linjen er slettet.", "The line is deleted.")
    static let lineSaved = Text("Linjen er lagret.", "The line is saved.")
    static let returnSaved = Text("Returen er lagret.", "The return is saved.")

    static func withdrawn(_ quantity: String, _ text: String) -> Text {
        Text("Lagret: \(quantity) \(text).", "Saved: \(quantity) \(text).")
    }
}
