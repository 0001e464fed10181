import Foundation
import HTTPTypes
import VismaNet

/// With what Visma's webhooks are checked. Without it none are taken in.
struct WebhookKeys: Sendable {
    var header: String
    var keys: [Secret]

    init?(_ values: ConfigurationValues) throws {
        let header = try values.value(.webhookHeader) { HTTPField.Name($0)?.rawName }
        let keys = try values.value(.webhookKeyFile) { path -> [Secret]? in
            let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(whereSeparator: \.isNewline)
            let keys = lines?.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            return keys?.isEmpty == false ? keys?.map(Secret.init) : nil
        }
        switch (header, keys) {
        case (nil, nil): return nil
        case (let header?, let keys?): (self.header, self.keys) = (header, keys)
        case (_?, nil): throw ConfigurationError(.webhookKeyFile, "missing, though a header is set")
        case (nil, _?): throw ConfigurationError(.webhookHeader, "missing, though a key file is set")
        }
    }
}
