import ArgumentParser
import AsyncHTTPClient
import Hummingbird
@main
struct Ferje: AsyncParsableCommand {
    mutating func run() async throws { print("ferje") }
}
