import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml"
import type { Located, LocatedEntry, Origin } from "../../src/config/yaml/located.ts"

/** A well-formed YAML text with its places: only as much of a reader as tests of decoding need. */
export const locatedYaml = (text: string, file = "a.yaml"): Located => {
  const lines = new LineCounter()
  const originOf = (node: Node): Origin => {
    const [start, end] = node.range!
    const { line, col } = lines.linePos(start)
    return { file, line, column: col, endColumn: col + end - start, setBy: file }
  }
  const located = (node: Node): Located => {
    const at = originOf(node)
    if (isMap<Node, Node>(node))
      return {
        tag: "map",
        entries: new Map(
          node.items.map(({ key, value }): [string, LocatedEntry] => [
            String(key),
            { key: originOf(key), value: located(value!) },
          ]),
        ),
        at,
      }
    if (isSeq<Node>(node)) return { tag: "list", items: node.items.map(located), at }
    if (!isScalar<string | number | boolean | null>(node))
      throw new Error(`not supported here: ${String(node)}`)
    return { tag: "scalar", value: node.value, at }
  }
  return located(parseDocument<Node>(text, { lineCounter: lines }).contents!)
}
