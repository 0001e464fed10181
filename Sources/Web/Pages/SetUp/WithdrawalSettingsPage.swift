import HTML
import Proresult
import Sync

/// *Oppsett → Innstillinger → Vareuttak*: switches with the words that users of Proresult know, some of which say the
/// opposite of what is stored.
enum WithdrawalSettingsPage {
    static let address = "/oppsett/vareuttak"
    static let routes: [Route] = [
        .get(address, .bookkeeping) { visit in .page(try await page(visit)) },
        .post(address, .administrators, needsProof: true) { visit in
            // A box without a tick sends nothing.
            let values = switches.compactMap { one in
                KnownSetting.named(one.key).map { ($0, one.stored(isTicked: visit.form[one.key] == "yes")) }
            }
            try await OwnSettings.save(values, visit)
            return .see(address, .saved)
        },
    ]

    private struct Switch {
        var key: String
        var label: Text
        var hint: Text
        /// Whether a tick forbids.
        var forbids = false

        func stored(isTicked: Bool) -> String { isTicked != forbids ? "yes" : "no" }

        func isTicked(_ values: [String: String]) -> Bool {
            (values[key] ?? KnownSetting.named(key)?.usual) == stored(isTicked: true)
        }
    }

    private static let switches = [
        Switch(
            key: CompanySetting.Rules.usersSeeOthersKey,
            label: Text("Brukere kan se andres vareuttak", "Users can see others' withdrawals"),
            hint: Text(
                "Arbeiderne ser alle vareuttak på prosjektet og kan returnere dem. De kan ikke endre eller slette dem.",
                "Workers see all withdrawals of the project and may return them. They cannot edit or delete them.")),
        Switch(
            key: CompanySetting.Rules.extraCostKey,
            label: Text("Kan ta ut varer som ekstra kostnad", "Items can be taken out as extra cost"),
            hint: Text(
                "En linje kan merkes som ekstra kostnad, med en tekst som legges til varenavnet i listene her. Visma får den ikke.",
                "A line may be marked as extra cost, with a text beside the item's name in the lists here. Visma does not get it."
            )),
        Switch(
            key: CompanySetting.Rules.costPriceInAppKey,
            label: Text("Endre innpris i app", "Change the cost price in the app"),
            hint: Text(
                "Arbeiderne ser innprisen, og kan endre den når de fører eller endrer en linje.",
                "Workers see the cost price, and may change it when they register or change a line.")),
        Switch(
            key: CompanySetting.Rules.allowFreeTextKey,
            label: Text("Ikke tillat fritekstvarer", "Do not allow free-text items"),
            hint: Text(
                "Hver linje må bruke en vare fra vareregisteret, og tekst, pris og enhet kan ikke endres.",
                "Every line must use an item of the register, and text, price and unit cannot be changed."),
            forbids: true),
        Switch(
            key: CompanySetting.Rules.userMayChangeTextPriceUnitKey,
            label: Text("Ikke endre varetekst/pris/enhet", "Do not change text, price and unit"),
            hint: Text(
                "Tar bort retten som alle ellers har til å endre de tre på sin egen linje. Administratorer kan fortsatt.",
                "Takes away the right that everybody else has to change these three on one's own line. Administrators still may."
            ), forbids: true),
    ]

    private static func page(_ visit: Visit) async throws -> Markup {
        let values = try await visit.read { try CompanySetting.all(in: $0) }
        return OwnSettings.page(visit, MenuItem.withdrawals.title, address, nil) {
            guard visit.isAdministrator else {
                let (yes, no) = (Text("Ja", "Yes"), Text("Nei", "No"))
                return [
                    Facts.markup(visit, switches.map { ($0.label, "\(visit.text($0.isTicked(values) ? yes : no))") })
                ]
            }
            return switches.map { one in
                Field(
                    one.key, one.label, value: one.isTicked(values) ? "yes" : "no", kind: "checkbox", hint: one.hint
                ).markup(visit)
            }
        }
    }
}
