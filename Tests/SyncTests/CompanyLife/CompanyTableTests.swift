import Persistence
import TestSupport
import Testing

@testable import Sync

/// What is done with all rows of a company is done with the rows of all tables.
@Suite struct CompanyTableTests {
    @Test func everyTableOfACompanyIsInTheListWithItsKey() async throws {
        try await withDatabase(.sqlite, migrations: SyncSchema.all) { database in
            let keys = try await database.readAcrossCompanies { connection -> [String: [String]] in
                let columns = try connection.query(
                    """
                    SELECT t.name AS name, c.name AS part, c.pk AS pk
                    FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.pk
                    """)
                var keys: [String: [String]] = [:]
                for row in columns {
                    let (table, part): (String, String) = (try row.get("name"), try row.get("part"))
                    if part == "company_id" { keys[table] = keys[table] ?? [] }
                    if try row.get("pk", as: Int.self) > 0 { keys[table, default: []].append(part) }
                }
                return keys.filter { $0.value.contains("company_id") }.mapValues { $0.filter { $0 != "company_id" } }
            }
            #expect(keys.count > 35)
            #expect(Dictionary(uniqueKeysWithValues: CompanyTable.all.map { ($0.name, $0.key) }) == keys)
        }
    }

    @Test func aRowPointsOnlyAtRowsOfItsTableAndThoseBefore() async throws {
        try await withDatabase(.sqlite, migrations: SyncSchema.all) { database in
            let pointers = try await database.readAcrossCompanies { connection in
                try connection.query(
                    """
                    SELECT t.name AS name, f."table" AS target, f."from" AS part
                    FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table' ORDER BY t.name
                    """
                ).map {
                    (
                        try $0.get("name", as: String.self), try $0.get("target", as: String.self),
                        try $0.get("part", as: String.self)
                    )
                }
            }
            #expect(pointers.count > 40)
            let places = Dictionary(uniqueKeysWithValues: CompanyTable.all.enumerated().map { ($1.name, $0) })
            for (table, target, part) in pointers where target != "company" {
                let (own, other) = (try #require(places[table]), try #require(places[target]))
                if table == target {
                    #expect(
                        part == "company_id" || CompanyTable.all[own].ownReferences.contains(part), "\(table).\(part)")
                } else {
                    #expect(other < own, "\(table) points at \(target)")
                }
            }
        }
    }

    /// Columns whose names speak of secrets are either withheld or looked at by a person.
    @Test func whatSoundsLikeASecretIsLeftOutOfFiles() async throws {
        let harmless = [
            "export_document.payload_sha256", "export_attempt.request_sha256", "audit.before_digest",
            "audit.after_digest", "job.requested_digest", "requested_record.digest", "erp_hint.digest", "setting.key",
        ]
        try await withDatabase(.sqlite, migrations: SyncSchema.all) { database in
            for table in CompanyTable.all where table.secrets != .all {
                let columns = try await database.readAcrossCompanies { connection in
                    try connection.query("SELECT name FROM pragma_table_info(\(table.name)) ORDER BY cid").map {
                        try $0.get("name", as: String.self)
                    }
                }
                let secret: Set<String> = if case .columns(let columns) = table.secrets { columns } else { [] }
                #expect(secret.isSubset(of: columns))
                let suspects = columns.filter { column in
                    ["secret", "sealed", "hash", "digest", "sha", "token", "password", "key"].contains {
                        column.contains($0)
                    }
                }
                for column in suspects where !secret.contains(column) {
                    #expect(harmless.contains("\(table.name).\(column)"))
                }
            }
        }
    }
}
