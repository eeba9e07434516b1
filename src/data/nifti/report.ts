import type { Problem } from "../../failure/failure.ts"

/** Takes down a problem of the header at hand. */
export type Report = (problem: Omit<Problem, "file">) => void

/** What to do about a header that cannot be right. */
export const rewrite = "export the file again: its header is damaged, or was written by a faulty program"

export const numbers = (values: readonly number[], separator = ", ") => values.join(separator)
