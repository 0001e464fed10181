/// The rows of a JSON file: an array of objects, or an object with such an array per kind.
struct JSONFile {
    let name: String

    func rows(_ node: JSONNode, limit: Int) throws(FileFaultAt) -> FileReader.Rows {
        let rows =
            switch node.value {
            case .array(let elements): self.rows(elements, kind: FileKind(fileName: name))
            case .object(let members): try rows(byKind: members)
            default: throw FileFaultAt(fault: .notJSON("an array or object is expected"), line: node.line)
            }
        guard !rows.isEmpty else { throw FileFaultAt(fault: .hasNoRows) }
        guard rows.count <= limit else { throw FileFaultAt(fault: .tooManyRows(limit: limit)) }
        return rows
    }

    private func rows(byKind members: [JSONNode.Member]) throws(FileFaultAt) -> FileReader.Rows {
        var rows: FileReader.Rows = []
        for member in members {
            guard let kind = FileKind(word: member.name), case .array(let elements) = member.node.value else {
                throw FileFaultAt(fault: .unknownColumn(member.name), line: member.node.line, field: member.name)
            }
            rows += self.rows(elements, kind: kind)
        }
        return rows
    }

    /// Without a kind from the file's name, each object says it with `kind`, or all its members do.
    private func rows(_ elements: [JSONNode], kind: FileKind?) -> FileReader.Rows {
        elements.map { element in
            Result { () throws(FileFaultAt) in
                guard case .object(let members) = element.value else {
                    throw FileFaultAt(fault: .notARow, line: element.line, kind: kind)
                }
                guard let kind = kind ?? Self.kind(of: members) else {
                    throw FileFaultAt(fault: .unknownKind, line: element.line)
                }
                return try row(members, kind: kind, line: element.line).refusingOtherKind()
            }
        }
    }

    private static func kind(of members: [JSONNode.Member]) -> FileKind? {
        if case .text(let word)? = members.first(where: { $0.name == "kind" })?.node.value {
            return FileKind(word: word)
        }
        return FileKind(columns: members.map(\.name))
    }

    private func row(_ members: [JSONNode.Member], kind: FileKind, line: Int) throws(FileFaultAt) -> FileRow {
        var cells: [FileColumn: String] = [:]
        var seen: Set<FileColumn> = []
        for member in members {
            let place = member.node.line
            guard let column = FileColumn(heading: member.name, kind: kind) else {
                throw FileFaultAt(fault: .unknownColumn(member.name), line: place, field: member.name, kind: kind)
            }
            guard seen.insert(column).inserted else {
                throw FileFaultAt(fault: .doubleColumn(member.name), line: place, field: member.name, kind: kind)
            }
            switch member.node.value {
            case .text(let text): cells[column] = text.trimmed.isEmpty ? nil : text.trimmed
            case .number(let text): cells[column] = text
            case .truth(let isTrue): cells[column] = isTrue ? "yes" : "no"
            case .null: break
            case .object, .array:
                throw FileFaultAt(fault: .notPlainValue, line: place, field: column.rawValue, kind: kind)
            }
        }
        return FileRow(file: name, line: line, kind: kind, cells: cells, allowsDecimalComma: false)
    }
}
