import type { Problem } from "../../failure/failure.ts"
import type { Origin, SourceTexts } from "./located.ts"
import { snippetAt } from "./snippet.ts"

/** A problem with the place where it was written: file, line, column, snippet and the layer that set it. */
export const problemAt = (
  origin: Origin,
  texts: SourceTexts,
  problem: Omit<Problem, "file" | "line" | "column" | "snippet" | "setBy">,
): Problem => {
  const text = texts.get(origin.file)
  return {
    ...problem,
    file: origin.file,
    line: origin.line,
    column: origin.column,
    setBy: origin.setBy,
    ...(text === undefined ? {} : { snippet: snippetAt(text, origin) }),
  }
}
