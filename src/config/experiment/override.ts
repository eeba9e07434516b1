import { either as E, function as F } from "fp-ts"
import type { Problem } from "../../failure/failure.ts"
import { allOf, type Checked } from "../checked.ts"
import type { Located, Origin } from "../yaml/located.ts"
import { parseYaml } from "../yaml/parseYaml.ts"
import { problemAt } from "../yaml/problemAt.ts"
import { put, type Step, stepsOf } from "../yaml/put.ts"
import type { LocatedTexts } from "../yaml/readLocated.ts"

/** The experiment with every `--set path=value` laid over it, in order, as a file is laid over its base (see
 *  merge). A value is YAML in one line; items of lists go by their number, from 0. Whether the experiment
 *  language knows the path and takes the value is for decoding to say. */
export const override = (
  { located, texts }: LocatedTexts,
  sets: readonly string[],
): Checked<LocatedTexts> => {
  const written = sets.map((set) => `--set ${set}`)
  const allTexts = new Map([...texts, ...written.map((text) => [text, text] as const)])
  return F.pipe(
    allOf(written.map(parseSet)),
    E.flatMap((assignments) => {
      let tree = located
      const problems: Problem[] = []
      for (const { path, value } of assignments) {
        const changed = put(tree, path, value)
        if (E.isRight(changed)) tree = changed.right
        else problems.push(problemAt(changed.left.at, allTexts, changed.left.problem))
      }
      return problems.length > 0 ? E.left(problems) : E.right({ located: tree, texts: allTexts })
    }),
  )
}

/** @param text "--set train.epochs=3" */
const parseSet = (text: string): Checked<{ readonly path: readonly Step[]; readonly value: Located }> => {
  const from = "--set ".length
  const equals = text.indexOf("=")
  const to = equals < 0 ? text.length : equals
  const at: Origin = { file: text, setBy: text, line: 1, column: from + 1, endColumn: to + 1 }
  const path = stepsOf(text.slice(from, to), at)
  const refuse = (problem: Problem) => E.left([problemAt(at, new Map([[text, text]]), problem)])
  if (equals < 0 || path.some(({ name }) => name === ""))
    return refuse({ message: "not a setting", expected: "path=value, such as train.epochs=3" })
  if (path[0]!.name === "extends")
    return refuse({ message: "`extends` cannot be set", fix: "write it into the file" })
  return F.pipe(
    parseYaml({ file: text, setBy: text, text, start: equals + 1 }),
    E.map((value) => ({ path, value })),
  )
}
