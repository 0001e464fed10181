import Proresult
import VismaNetSandbox

/// What people do in Visma while hours and withdrawals wait: a project and a task are completed, an item goes out.
struct DemoVismaDay {
    let sandbox: Sandbox
    let tenant: String

    func happen(at sites: DemoSites, losing item: Item?) {
        if let site = sites.closing { sandbox.setProject(site.number, status: "Completed", in: tenant) }
        if let site = sites.losingTask, let task = site.tasks.first?.vismaTaskID {
            sandbox.setTask(task, of: site.number, status: "Completed", in: tenant)
        }
        if let number = item?.erpNumber,
            var record = sandbox.records(tenant)?.items.first(where: { $0.inventoryNumber == number })
        {
            record.status = "Inactive"
            sandbox.upsert(record, in: tenant)
        }
    }
}
