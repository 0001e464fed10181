/// What can go wrong, by the numbers of the project's fault matrix.
public enum FaultKind: String, Sendable, Codable, CaseIterable {
    case resetBeforeCommit = "F01"
    case resetAfterCommit = "F02"
    /// The answer is held for `seconds`, 30 by default, then the connection is closed.
    case timeoutBeforeCommit = "F03"
    case timeoutAfterCommit = "F04"
    /// The connection ends now, the document is stored when the clock has passed `seconds`.
    case lateCommit = "F05"
    /// `variant`: `seconds` (default), `date`, `absurd` or `none`.
    case tooManyRequests = "F06"
    /// As F06, on the token endpoint only.
    case tooManyTokenRequests = "F07"
    case serverErrorBeforeCommit = "F08"
    case serverErrorAfterCommit = "F09"
    /// `status`: 502, 503 or 504.
    case gatewayError = "F10"
    case createdWithoutNumber = "F11"
    case createdWithHTML = "F12"
    /// The call becomes a background job. `variant`: `succeeds` (default), `fails` or `vanishes`.
    case queuedUnasked = "F13"
    case malformedJSON = "F14"
    case cutBody = "F15"
    /// Announces fewer bytes than there are.
    case wrongLength = "F16"
    case wrongCharset = "F18"
    /// Blank space of `size` bytes in front of the body.
    case hugeBody = "F19"
    case duplicatePage = "F20"
    /// Between this page and the next the first row is changed. `variant`: `touch` (default), `delete` or `insert`.
    case pageDrift = "F21"
    case endlessPages = "F22"
    /// No page is larger than `size`.
    case cappedPageSize = "F23"
    /// `totalCount` is `size`.
    case totalLies = "F24"
    case rowsOutOfOrder = "F25"
    /// Rows of the last `seconds` are not listed yet.
    case listLagsWrites = "F26"
    case tokenExpires = "F27"
    /// On the token endpoint: the tokens are changed, the answer is lost.
    case refreshAnswerLost = "F28"
    /// On the token endpoint: the refresh token counts as reused.
    case reuseRevokesFamily = "F29"
    case grantRevoked = "F30"
    /// On the token endpoint: the new token is for the company in `text`.
    case otherCompany = "F31"
    /// The period of the document's first line is closed just before it is stored.
    case periodCloses = "F32"
    case recordLocked = "F33"
    case preconditionFails = "F34"
    /// The project of the document's first line is completed just before it is stored.
    case projectCloses = "F35"
    /// Descriptions are stored changed. `variant`: `cut` (to `size`, default 60) or `case`.
    case textChanged = "F36"
    /// `text` is the Location.
    case redirect = "F41"
    case everythingTouched = "F42"
    case emptyList = "F43"

    /// Ends the call before any work is done, on every path.
    var endsBeforeWork: Bool {
        switch self {
        case .resetBeforeCommit, .timeoutBeforeCommit, .tooManyRequests, .tooManyTokenRequests,
            .serverErrorBeforeCommit, .gatewayError, .recordLocked, .preconditionFails, .redirect:
            true
        default: false
        }
    }

    var onlyTokenEndpoint: Bool {
        switch self {
        case .tooManyTokenRequests, .refreshAnswerLost, .reuseRevokesFamily, .otherCompany: true
        default: false
        }
    }
}
