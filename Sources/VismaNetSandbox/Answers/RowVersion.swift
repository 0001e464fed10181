import Foundation

/// The row version that answers show as `timeStamp` and ETag: another text as soon as anything in the record differs.
enum RowVersion {
    /// FNV-1a over the record as answered.
    static func of(_ fields: Fields) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in fields.json.bytes {
            hash ^= UInt64(byte)
            hash &*= 0x100_0000_01B3
        }
        return of(number: hash & 0xFF_FFFF_FFFF)
    }

    static func of(number: UInt64) -> String {
        Data((0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> (UInt64($0) * 8)) }).base64EncodedString()
    }
}

extension Fields {
    /// Call when all other properties are in place.
    mutating func addTimeStamp(named name: String = "timeStamp") { add(name, RowVersion.of(self)) }
}

extension SandboxAnswer {
    /// A single record with its version as ETag. `total` is what `metadata` tells, where the object has it.
    static func record(_ fields: Fields, etag: Bool, metadata: JSON? = nil) -> SandboxAnswer {
        var fields = fields
        let version = fields.json["timeStamp"]?.text
        if let metadata { fields.add("metadata", metadata) }
        guard etag, let version else { return .json(fields.json) }
        return .json(fields.json, headers: [.init("ETag", "\"\(version)\"")])
    }
}
