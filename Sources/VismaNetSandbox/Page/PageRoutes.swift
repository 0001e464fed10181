import Hummingbird

extension Sandbox {
    /// The page for people, at `/`.
    func addPageRoutes(to router: Router<SandboxContext>) {
        router.get("/") { _, _ in "Visma.net, sandkasse" }
    }
}
