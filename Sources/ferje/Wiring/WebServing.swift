import Proresult
import Sync
import VismaNetConnector
import Web

extension Installation {
    /// The pages, with the connector behind them for reading.
    func webServer(_ connections: VismaNetConnections) -> WebServer {
        let office = Office(
            database: database, clock: surroundings.clock, randomness: surroundings.randomness, logger: logger,
            desk: signInDesk, connect: { try await connections.connect($0, $1) },
            connection: ConnectionDesk(
                begin: { company, person in
                    let signIn = try await connections.beginSignIn(company: company, by: person)
                    return (signIn.url, signIn.state)
                },
                finish: { try await connections.finishSignIn(company: $0, code: $1, state: $2, by: $3) },
                activateService: { try await connections.activateService(company: $0, tenantID: $1, by: $2) },
                disconnect: { try await connections.disconnect(company: $0, by: $1) }),
            address: WebAddress(origin: configuration.web.origin), sleep: surroundings.sleep)
        return WebServer(office: office, host: configuration.web.host, port: configuration.web.port)
    }

    var signInDesk: SignInDesk {
        SignInDesk(
            database: database, passwords: PasswordHashing(randomness: surroundings.randomness),
            randomness: surroundings.randomness)
    }
}
