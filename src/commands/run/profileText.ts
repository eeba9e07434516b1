import type { Profile, ProfileTotal } from "../../pipeline/profile/profile.ts"
import { numbers, textTable, words } from "../../terminal/textTable.ts"

/** How many kinds of operations are shown. */
const most = 10

/** Rows of the first table -> the spans that they sum up. None of these lies within another. */
const parts: Readonly<Record<string, readonly string[]>> = {
  "start of the process": ["start"],
  "training steps": ["step", "read back"],
  "waiting for data": ["wait for a batch", "upload"],
  validation: ["validation"],
  evaluation: ["evaluate"],
}

/** A part of a sum, which is 0 only when its parts are. */
const percent = (part: number, all: number): string => `${(all === 0 ? 0 : (100 * part) / all).toFixed(1)} %`

/** A cell's profile in short: the shares of its time, and the operations of a training step that take most. */
export const profileText = ({ otherData }: Profile): string =>
  [
    sharesTable(otherData),
    ...(otherData.trainingStep.length === 0 ? [] : [operationsTable(otherData.trainingStep)]),
    ...otherData.notes.map((note) => `note: ${note}\n`),
  ].join("\n")

const sharesTable = ({ spans, seconds }: Profile["otherData"]): string => {
  const secondsOf = (name: string) => (spans.find((span) => span.name === name)?.milliseconds ?? 0) / 1000
  const sums = Object.entries(parts).map(([part, names]) => {
    const all = names.reduce((sum, name) => sum + secondsOf(name), 0)
    // The profile of a forward pass is made while evaluating, and is no part of the whole.
    return [part, part === "evaluation" ? all - secondsOf("profile of one forward pass") : all] as const
  })
  const other = seconds - sums.reduce((sum, [, part]) => sum + part, 0)
  const rows = [...sums, ["other", other] as const]
  return textTable(
    [words("the cell's time"), numbers("seconds"), numbers("share")],
    rows.map(([part, sum]) => [part, sum.toFixed(2), percent(sum, seconds)]),
  )
}

const operationsTable = (operations: readonly ProfileTotal[]): string => {
  const all = operations.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const [shown, rest] = [operations.slice(0, most), operations.slice(most)]
  const restTotal = {
    name: `${rest.length} others`,
    count: rest.reduce((sum, { count }) => sum + count, 0),
    milliseconds: rest.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  }
  return textTable(
    [words("operations of a training step"), numbers("count"), numbers("ms"), numbers("share")],
    [...shown, ...(rest.length === 0 ? [] : [restTotal])].map(({ name, count, milliseconds }) => [
      name,
      String(count),
      milliseconds.toFixed(2),
      percent(milliseconds, all),
    ]),
  )
}
