/// Everything that programs can do, in one list: the routes and the published document are made from it.
enum API {
    static let all: [APIRoute] =
        WorkersAPI.routes + ProjectsAPI.routes + CustomersAPI.routes + ItemsAPI.routes + HoursAPI.routes
        + HourDeliveryAPI.routes + WithdrawalsAPI.routes + RunsAPI.routes + BoardAPI.routes + PreviewAPI.routes
        + OpenAPIDocument.routes

    static let routes: [Route] = all.map(\.route)
}
