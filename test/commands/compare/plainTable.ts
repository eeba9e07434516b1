import type { Row, Table } from "../../../src/commands/compare/readTable.ts"

/** A table whose fields stand in columns 10, 20, ... of the lines 1, 2, ... */
export const plainTable = (file: string, ...lines: readonly (readonly string[])[]): Table => {
  const [header, ...rows] = lines.map((fields, i): Row => ({ fields, line: i + 1 }))
  return {
    file,
    header: header!,
    rows,
    placeOf: ({ line }, index) => ({ file, line, column: 10 * (index + 1) }),
  }
}
