import { either as E } from "fp-ts"
import type { Checked } from "../../src/config/checked.ts"
import type { Problem } from "../../src/failure/failure.ts"

/** All that a problem holds, a line for each field, so that none is lost unseen. */
const toldProblem = ({ message, snippet = "", ...fields }: Problem): string =>
  [
    message,
    ...Object.entries(fields)
      .map(([field, said]) => `  ${field}: ${said}`)
      .toSorted(),
    ...snippet.split("\n").filter((line) => line !== ""),
  ].join("\n")

/** Every problem as a whole; "accepted" where there are none. Paths begin where the test stands. */
export const told = (checked: Checked<unknown>): string =>
  E.match(
    (problems: readonly Problem[]) =>
      problems.map(toldProblem).join("\n").replaceAll(process.cwd(), "<here>"),
    () => "accepted",
  )(checked)
