import { loadExperiment } from "../config/loadExperiment.ts"
import { Failure, type Problem } from "../failure/failure.ts"

export interface ValidateOptions {
  /** One JSON object instead of text. */
  readonly json: boolean
  readonly out: (text: string) => void
}

/** Checks experiments and prints how many cells each has. Throws Failure("config") with the problems of all. */
export const validate = async (files: readonly string[], { json, out }: ValidateOptions): Promise<void> => {
  const experiments: { readonly file: string; readonly name: string; readonly cells: readonly string[] }[] =
    []
  const problems: Problem[] = []
  for (const file of files) {
    const loaded = loadExperiment(file, [])
    if (loaded._tag === "Left") problems.push(...loaded.left)
    else {
      const { name, cells } = loaded.right
      experiments.push({ file, name, cells: cells.map(({ label }) => label) })
    }
  }
  if (!json)
    for (const { file, cells } of experiments)
      out(`${file}: ok, ${cells.length} ${cells.length === 1 ? "cell" : "cells"}\n`)
  if (problems.length > 0) throw new Failure("config", problems)
  if (json) out(`${JSON.stringify({ experiments })}\n`)
}
