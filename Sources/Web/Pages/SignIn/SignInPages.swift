import HTML
import HTTPTypes
import Hummingbird
import Persistence
import Proresult

/// In, out, the first administrator, the password again, and the language.
enum SignInPages {
    static let routes: [Route] = [
        .get("/inn", .anyone) { visit in
            if visit.who != nil { return .see(safePath(visit.query["til"])) }
            return .page(signInPage(visit, problem: nil))
        },
        .post("/inn", .anyone, signIn),
        .post("/ut", .anyone) { visit in
            try await SignInTrail.signedOut(visit)
            if let token = visit.token { try await visit.office.desk.signOut(token: token) }
            var answer = Answer.see("/inn", Text("Du er logget ut.", "You are signed out."))
            answer.cookies = [ended(visit)]
            // What was kept on the device for the person goes too, also where no script runs.
            if let name = HTTPField.Name("Clear-Site-Data") { answer.headers.append((name, "\"storage\"")) }
            return answer
        },
        .get("/bekreft", .everybody) { visit in .page(proofPage(visit, problem: nil)) },
        .post("/bekreft", .everybody, prove),
        .get("/oppstart/{hemmelighet}", .anyone) { visit in .page(try firstPage(visit, problem: nil)) },
        .post("/oppstart/{hemmelighet}", .anyone, becomeFirst),
        .get("/invitasjon/{hemmelighet}", .anyone) { visit in .page(try await invitedPage(visit, problem: nil)) },
        .post("/invitasjon/{hemmelighet}", .anyone, acceptInvitation),
        .post("/sprak", .anyone, changeLanguage),
    ]

    private static func signIn(_ visit: Visit) async throws -> Answer {
        let outcome = try await visit.office.desk.signIn(
            company: visit.form["bedrift"], username: visit.form["brukernavn"],
            password: visit.form.exact("passord"), replacing: visit.token, from: visit.origin, at: visit.now)
        switch outcome {
        case .signedIn(let token, let who):
            try await SignInTrail.signedIn(who, visit)
            return signedIn(visit, token, to: safePath(visit.form["til"], for: who.user.role))
        case .refused:
            try await SignInTrail.refused(visit)
            return .again(signInPage(visit, problem: .signInRefused))
        case .waiting(let until):
            return .page(
                signInPage(visit, problem: .tooManyTries(until: visit.language.clock(until))),
                status: .tooManyRequests)
        }
    }

    private static func prove(_ visit: Visit) async throws -> Answer {
        guard let token = visit.token,
            let (fresh, _) = try await visit.office.desk.proveAgain(
                token: token, password: visit.form.exact("passord"), at: visit.now)
        else { return .again(proofPage(visit, problem: .passwordWrong)) }
        return signedIn(visit, fresh, to: safePath(visit.form["til"]))
    }

    private static func becomeFirst(_ visit: Visit) async throws -> Answer {
        do {
            let outcome = try await visit.office.desk.firstAdministrator(
                secret: try visit.parameter("hemmelighet"), username: visit.form["brukernavn"],
                name: visit.form["navn"], password: visit.form.exact("passord"), from: visit.origin, at: visit.now)
            guard case .signedIn(let token, let who) = outcome else {
                return .again(try firstPage(visit, problem: .setUpRefused))
            }
            try await SignInTrail.signedIn(who, visit)
            return signedIn(visit, token, to: "/")
        } catch let broken as ProresultError {
            return .again(try firstPage(visit, problem: Text(broken.norwegian, broken.english)))
        }
    }

    private static func acceptInvitation(_ visit: Visit) async throws -> Answer {
        do {
            let outcome = try await visit.office.desk.acceptInvitation(
                token: try visit.parameter("hemmelighet"), password: visit.form.exact("passord"), from: visit.origin,
                at: visit.now)
            guard case .signedIn(let token, let who) = outcome else { throw ProresultError.invitationVoid }
            try await SignInTrail.signedIn(who, visit)
            return signedIn(visit, token, to: safePath("/", for: who.user.role))
        } catch let broken as ProresultError {
            return .again(try await invitedPage(visit, problem: Text(broken.norwegian, broken.english)))
        }
    }

    private static func changeLanguage(_ visit: Visit) async throws -> Answer {
        guard let language = Language(rawValue: visit.form["sprak"]) else { throw Refusal.notFound }
        if let who = visit.who {
            try await visit.write { transaction in
                try AppUser.setLanguage(language, of: who.user.id, in: transaction)
            }
        }
        var answer = Answer.see(safePath(visit.form["til"]))
        answer.cookies = [
            Cookie(
                name: "ferje-language", value: language.rawValue, maxAge: 31_536_000, path: "/",
                secure: visit.office.address.isSecure, httpOnly: true, sameSite: .lax)
        ]
        return answer
    }

    static func signedIn(_ visit: Visit, _ token: String, to path: String) -> Answer {
        var answer = Answer.see(path)
        answer.cookies = [Gate(office: visit.office).cookie(visit.office.address.sessionCookie, token)]
        return answer
    }

    static func ended(_ visit: Visit) -> Cookie {
        Gate(office: visit.office).cookie(visit.office.address.sessionCookie, "", seconds: 0)
    }

    /// Only a path of ours: never `//elsewhere`, never a scheme.
    static func safePath(_ path: String, for role: Role? = nil) -> String {
        guard path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"), path != "/",
            path.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7f })
        else { return role == .worker ? "/min/timer" : "/" }
        return path
    }
}
