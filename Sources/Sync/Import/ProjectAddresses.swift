import Proresult
import Synchronization

/// The ERP's projects have no address of their own: it is that of the customer's location that the project names, else
/// the customer's delivery address, else its main address, as the company has chosen.
final class ProjectAddresses: Sendable {
    private let source: SyncSettings.AddressSource
    /// Of each customer that was asked for in this run: its locations' addresses by the location's id.
    private let locations = Mutex<[String: [String: ERPAddress]]>([:])

    init(source: SyncSettings.AddressSource) { self.source = source }

    /// Asks for the locations of the projects that are new or have changed, once per customer and run. A row that an
    /// earlier run has finished with is not asked about again, however often the overlap shows it.
    func prepare(_ rows: [ERPProject], after cursor: ImportCursor, in context: RunContext) async throws {
        let rows = rows.filter { $0.state != .notImported && location(of: $0) != nil }
        guard !rows.isEmpty else { return }
        let known = try await context.transaction { transaction in
            try Project.find(erpIDs: rows.map(\.id), numbers: [], in: transaction)
        }
        let stored = Dictionary(known.map { ($0.erpID, $0.erpModifiedAt) }) { first, _ in first }
        for row in rows {
            guard let customer = location(of: row)?.customer, locations.withLock({ $0[customer] }) == nil else {
                continue
            }
            if let time = row.modifiedAt, let before = stored[row.id] {
                if let before, time.text <= before { continue }
                if let reached = cursor.time, time <= reached { continue }
            }
            try await context.renewLease()
            let found = try await context.connector.locations(ofCustomer: customer)
            locations.withLock { $0[customer] = found }
        }
    }

    /// Nil where nothing is known: the project keeps the address that it has.
    func address(of row: ERPProject, customer: Customer?) -> ERPAddress? {
        if let (number, id) = location(of: row) {
            guard let asked = locations.withLock({ $0[number] }) else { return nil }
            if let address = asked[id], address.isFilled { return address }
        }
        return customer.flatMap(address(of:))
    }

    func address(of customer: Customer) -> ERPAddress? {
        let main = ERPAddress(street: customer.address, postalCode: customer.postalCode, city: customer.city)
        let delivery = ERPAddress(
            street: customer.deliveryAddress, postalCode: customer.deliveryPostalCode, city: customer.deliveryCity)
        switch source {
        case .none: return nil
        case .main: return main.isFilled ? main : nil
        case .delivery, .locationThenDeliveryThenMain: return [delivery, main].first(where: \.isFilled)
        }
    }

    private func location(of row: ERPProject) -> (customer: String, id: String)? {
        guard source == .locationThenDeliveryThenMain, let customer = row.customerNumber?.unpadded,
            let id = row.customerLocationID
        else { return nil }
        return (customer, id)
    }
}

extension ERPAddress {
    var isFilled: Bool { [street, postalCode, city].contains { $0?.isEmpty == false } }
}
