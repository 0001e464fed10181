import Operations
import Proresult
import Sync
import VismaNetConnector
import Web

extension Installation {
    /// The pages, with the connector behind them for reading. Without an application they tell what is missing.
    func webServer(_ connections: VismaNetConnections?) -> WebServer {
        let office = Office(
            database: database, clock: surroundings.clock, randomness: surroundings.randomness, logger: logger,
            desk: signInDesk, connect: { try await Self.demand(connections).connect($0, $1) },
            connection: connections?.desk,
            address: WebAddress(origin: configuration.web.origin), sleep: surroundings.sleep,
            webhooks: configuration.webhooks.map { webhooks in
                let desk = WebhookDesk(keys: webhooks.keys, database: database, logger: logger)
                return WebhookDoor(header: webhooks.header, receive: desk.receive)
            })
        return WebServer(office: office, host: configuration.web.host, port: configuration.web.port)
    }

    /// Nil where the operator has no key.
    var operatorAPI: OperatorAPI? {
        configuration.operatorKey.map { key in
            OperatorAPI(
                key: key, database: database, clock: surroundings.clock, randomness: surroundings.randomness,
                folder: configuration.dataFolder, logger: logger)
        }
    }

    var signInDesk: SignInDesk {
        SignInDesk(
            database: database, passwords: PasswordHashing(randomness: surroundings.randomness),
            randomness: surroundings.randomness)
    }
}
