import { either as E } from "fp-ts"
import type * as t from "io-ts"
import type { Problem } from "../../failure/failure.ts"
import type { Located, Origin, SourceTexts } from "../yaml/located.ts"
import { problemAt } from "../yaml/problemAt.ts"
import { toPlain } from "../yaml/toPlain.ts"
import { codecOf } from "./codec.ts"
import type { Description } from "./description.ts"
import { type Issue, issueOf, pathOf } from "./issue.ts"
import { shownPath } from "./shown.ts"

/** The canonical value of what was written, every default filled in; or every problem, in the order of the
 *  sources (files in the order of `texts`, then by line and column). */
export const decode = (
  description: Description,
  located: Located,
  texts: SourceTexts,
): E.Either<readonly Problem[], unknown> =>
  E.mapLeft((errors: t.Errors) => {
    const files = [...texts.keys()]
    return errors
      .map((error) => {
        const issue = issueOf(error)
        const path = pathOf(error)
        return { issue, path, origin: originAt(located, path, issue.at) }
      })
      .sort(
        (a, b) =>
          files.indexOf(a.origin.file) - files.indexOf(b.origin.file) ||
          a.origin.line - b.origin.line ||
          a.origin.column - b.origin.column,
      )
      .map(({ issue, path, origin }) => problemAt(origin, texts, problemOf(issue, path)))
  })(codecOf(description).decode(toPlain(located)))

/** Where `path` was written. What is not there is shown by its parent: at the parent's key, for a map in block
 *  style begins only at its first entry. */
const originAt = (node: Located, path: readonly string[], at: Issue["at"], key: Origin = node.at): Origin => {
  const [head, ...rest] = path
  if (head === undefined) return at === "key" ? key : node.at
  const child = childOf(node, head)
  return child === undefined ? key : originAt(child.value, rest, at, child.key)
}

const childOf = (node: Located, key: string): { key: Origin; value: Located } | undefined => {
  if (node.tag === "map") return node.entries.get(key)
  const item = node.tag === "list" ? node.items[Number(key)] : undefined
  return item && { key: item.at, value: item }
}

const problemOf = (
  { message, expected, found, suggestion, fix }: Issue,
  path: readonly string[],
): Problem => {
  const where = shownPath(path)
  return {
    message: where === "" ? message : `${where}: ${message}`,
    ...(where === "" ? {} : { path: where }),
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(fix === undefined ? {} : { fix }),
  }
}
