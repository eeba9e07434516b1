import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml"
import type { Problem } from "../../failure/failure.ts"
import type { Located, LocatedEntry, Origin } from "./located.ts"
import { reservedKeys } from "./reservedKeys.ts"

/** Something that the experiment language does not take, between two offsets of the text. */
export interface Finding {
  readonly from: number
  readonly to: number
  readonly problem: Pick<Problem, "message" | "found" | "fix">
}

type Entries = ReadonlyMap<string, LocatedEntry>

const maxDepth = 50

/** The values of a parsed document with their places, and everything in it that is refused.
 *  @param place from offsets to an origin */
export const locate = (
  contents: Node,
  place: (from: number, to: number) => Origin,
): { readonly located: Located; readonly findings: readonly Finding[] } => {
  const findings: Finding[] = []
  const report = (node: Node, message: string, more: Omit<Finding["problem"], "message"> = {}): void => {
    const [from, to] = rangeOf(node)
    findings.push({ from, to, problem: { message, ...more } })
  }

  const visit = (node: Node, depth: number): Located => {
    const at = place(...rangeOf(node))
    if (isAlias(node)) report(node, `the alias \`*${node.source}\` is not supported`, { fix: writeOut })
    else if (node.tag !== undefined)
      report(node, `the tag \`${shortTag(node.tag)}\` is not supported`, { fix: noTag })
    else if (isScalar<string | number | boolean | null>(node)) return { tag: "scalar", value: node.value, at }
    else if (depth === maxDepth) report(node, `nested more than ${maxDepth} levels deep`, { fix: fewer })
    else if (isSeq<Node>(node))
      return { tag: "list", items: node.items.map((item) => visit(item, depth + 1)), at }
    else if (isMap<Node, Node | null>(node)) return { tag: "map", entries: entriesOf(node, depth), at }
    return { tag: "scalar", value: null, at }
  }

  const entriesOf = (map: YAMLMap<Node, Node | null>, depth: number): Entries => {
    const entries = new Map<string, LocatedEntry>()
    for (const { key: node, value: valueNode } of map.items) {
      const key = place(...rangeOf(node))
      const value: Located = valueNode ? visit(valueNode, depth + 1) : { tag: "scalar", value: null, at: key }
      const word = wordOf(node)
      const first = word === null ? undefined : entries.get(word)
      if (word === null) report(node, "this key is not a word", { fix: asWord })
      else if (word === "<<") report(node, "the merge key `<<` is not supported", { fix: useExtends })
      else if (reservedKeys.includes(word))
        report(node, `\`${word}\` cannot be a key`, { fix: "choose another word" })
      else if (first !== undefined)
        report(node, `duplicate key \`${word}\``, {
          found: `the same key in line ${first.key.line}`,
          fix: "keep one of the two",
        })
      else entries.set(word, { key, value })
    }
    return entries
  }

  return { located: visit(contents, 0), findings }
}

const writeOut = "write the value out, or share it through `extends`"
const useExtends = "share values through `extends`"
const fewer = "write it in fewer levels"
const asWord = "write a word, or a text in quotes"
const noTag = "leave it out; a value in quotes is a text"

const rangeOf = (node: Node): [from: number, to: number] => [node.range![0], node.range![1]]

const shortTag = (tag: string): string => tag.replace(/^tag:yaml.org,2002:/, "!!")

/** A key as it is written: `1` and `"1"` are the same word. */
const wordOf = (key: Node): string | null => {
  if (!isScalar(key) || key.tag !== undefined || key.value === null) return null
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value))
}
