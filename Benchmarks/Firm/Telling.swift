import Foundation

/// A line for the script that called, at once: `print` keeps what goes into a pipe until there is more.
public func tell(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
