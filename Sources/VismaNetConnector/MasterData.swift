import Foundation
import Persistence
import Sync
import VismaNet

// One mapping per record, in the words of API.md 3. The ERP's internal id is ours; numbers may be changed there.

extension ERPCustomer {
    init(_ customer: Customer) {
        self.init(
            id: String(customer.internalID), number: customer.number.trimmed,
            name: customer.name?.trimmed ?? customer.number.trimmed, address: ERPAddress(customer.mainAddress),
            deliveryAddress: ERPAddress(customer.deliveryAddress),
            // Holds concern credit and invoices, not work; a word that we do not know must not close a customer.
            isActive: customer.status != .known(.inactive), modifiedAt: ERPTime(customer.lastModified))
    }
}

extension ERPAddress {
    /// Nil for an address without a word in it.
    init?(_ address: Address?) {
        guard let address else { return nil }
        func filled(_ text: String?) -> String? {
            text.map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
        }
        let lines = [address.line1, address.line2, address.line3].compactMap(filled)
        let street = lines.isEmpty ? nil : lines.joined(separator: ", ")
        let (postalCode, city) = (filled(address.postalCode), filled(address.city))
        if street == nil && postalCode == nil && city == nil { return nil }
        self.init(street: street, postalCode: postalCode, city: city)
    }
}

extension ERPProject {
    init(_ project: Project, nonProjectCode: String) throws(UnknownValue) {
        let code = project.projectID.trimmed
        let isNoProject = project.isSystemTemplate == true || code.uppercased() == nonProjectCode.uppercased()
        self.init(
            id: String(project.internalID), number: code, name: project.description?.trimmed ?? code,
            state: isNoProject ? .notImported : try State(project),
            startDate: project.startDate.flatMap { CalendarDate($0.text) },
            customerNumber: project.customer?.number.trimmed,
            customerLocationID: project.customerLocation.map { String($0.id) },
            managerNumber: project.projectManager?.number.trimmed, modifiedAt: ERPTime(project.lastModified))
    }
}

extension ERPProject.State {
    /// A status that we do not know must neither open nor close a project.
    fileprivate init(_ project: Project) throws(UnknownValue) {
        switch project.status {
        case .known(.active): self = .active
        case .known(.onHold): self = .suspended
        case .known(.completed), .known(.cancelled): self = .closed
        case .known(.planned), .known(.pendingApproval): self = .notImported
        case .unknown(let text): throw UnknownValue(key: project.projectID, path: "status", text: text)
        case nil: throw UnknownValue(key: project.projectID, path: "status", text: "")
        }
    }
}

extension ERPTask {
    init(_ task: ProjectTask) {
        let taskID = task.taskID.trimmed
        self.init(
            id: String(task.internalID), projectID: String(task.projectInternalID), taskID: taskID,
            name: task.description?.trimmed ?? taskID, isOpen: task.status == .known(.active),
            modifiedAt: ERPTime(task.lastModified))
    }
}

extension ERPItem {
    init(_ item: InventoryItem) {
        let number = item.inventoryNumber.trimmed
        self.init(
            id: String(item.inventoryID), number: number, name: item.description?.trimmed ?? number,
            salesPrice: item.defaultPrice ?? 0, costPrice: Self.cost(of: item), unit: item.baseUnit?.trimmed ?? "",
            type: item.type?.text ?? "", itemClass: item.itemClass?.number.trimmed,
            isActive: item.status != .known(.inactive) && item.status != .known(.markedForDeletion),
            modifiedAt: ERPTime(item.lastModified))
    }

    /// The standard cost. Stock items that are valued by average have none (API.md 3.4).
    private static func cost(of item: InventoryItem) -> Decimal {
        let standard = item.currentCost ?? 0
        guard standard == 0, item.isStockItem == true else { return standard }
        return [item.averageCost, item.lastCost].compactMap(\.self).first { $0 != 0 } ?? 0
    }
}

extension ERPTime {
    fileprivate init?(_ time: VismaDateTime?) {
        guard let time else { return nil }
        self.init(time.text)
    }
}
