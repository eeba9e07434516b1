import type { ReportInput } from "../reportInput.ts"
import type { Analysis } from "./analysis.ts"
import { counted } from "./number.ts"

/** What the numbers show, and what not, in sentences. */
export const findingsOf = (input: ReportInput, { patients }: Analysis): string[] => {
  const done = input.cells.filter(({ outcome }) => outcome.tag === "done").length
  return [
    `${done} of ${counted(input.cells.length, "cell")} done, scored on ${counted(patients.length, "patient")}.`,
  ]
}
