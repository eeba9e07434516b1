import { appendFile, readFile } from "node:fs/promises"
import type { FailureKind } from "../failure/failure.ts"

/** What happened to the cells of a run, in order; written by the parent alone. */
export type JournalEntry = { readonly at: string } & (
  | { readonly event: "planned"; readonly cells: number; readonly command: string }
  | { readonly event: "kept" | "started" | "interrupted"; readonly cell: string }
  | { readonly event: "done"; readonly cell: string; readonly seconds: number }
  | { readonly event: "failed"; readonly cell: string; readonly kind: FailureKind; readonly message: string }
  | { readonly event: "reported" }
)

type WithoutTime<T> = T extends unknown ? Omit<T, "at"> : never

/** Adds one line. A line is written in one call, so a kill leaves at most the last line torn. */
export const appendJournal = (file: string, entry: WithoutTime<JournalEntry>): Promise<void> =>
  appendFile(file, `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`)

/** All whole lines; a torn last line (the writer was killed) is left out. */
export const readJournal = async (file: string): Promise<readonly JournalEntry[]> => {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return ""
    throw error
  })
  return text
    .split("\n")
    .slice(0, -1)
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as JournalEntry]
      } catch {
        // A torn line that a later append completed: its event is lost, the files of the cell still tell.
        return []
      }
    })
}
