import type { Given } from "../../laws/law.ts"
import type { LossCase } from "../../laws/lossCase.ts"

const isCase = (value: unknown): value is LossCase =>
  typeof value === "object" && value !== null && "logits" in value && "shape" in value

/** The shortest decimal that is the same in float32, as all numbers of a case are. */
const number = (value: number): string => {
  if (value === 0) return "0"
  const digits = [1, 2, 3, 4, 5, 6, 7, 8].find(
    (count) => Math.fround(Number(value.toPrecision(count))) === Math.fround(value),
  )
  return String(Number(value.toPrecision(digits ?? 9)))
}

/** [[[1, 2], [3, 4]]]: [B, H, W]. */
const nested = (map: readonly number[], [batch, rows, columns]: LossCase["shape"]): string => {
  const line = (at: number) =>
    `[${map
      .slice(at, at + columns)
      .map(number)
      .join(", ")}]`
  const image = (at: number) =>
    `[${Array.from({ length: rows }, (_, row) => line(at + row * columns)).join(", ")}]`
  return `[${Array.from({ length: batch }, (_, i) => image(i * rows * columns)).join(", ")}]`
}

const caseLines = (of: LossCase): readonly string[] => [
  `shape    [${of.shape.join(", ")}]  (B, H, W)`,
  `logits   ${nested(of.logits, of.shape)}`,
  `mask     ${nested(of.mask, of.shape)}`,
  `second   ${nested(of.second, of.shape)}`,
  ...(of.progress === undefined || of.progress === 0 ? [] : [`progress ${of.progress}`]),
]

/** A counterexample as lines that can be typed in again: options, then arrays, then the rest. */
export const shownGiven = (given: Given): readonly string[] =>
  Object.entries(given).flatMap(([name, value]) =>
    isCase(value) ? caseLines(value) : [`${name.padEnd(8)} ${JSON.stringify(value)}`],
  )
