import type { Given } from "../../laws/law.ts"
import type { LossCase } from "../../laws/lossCase.ts"

const isCase = (value: unknown): value is LossCase =>
  typeof value === "object" && value !== null && "logits" in value && "shape" in value

const number = (value: number): string => String(Math.round(value * 1e6) / 1e6)

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
