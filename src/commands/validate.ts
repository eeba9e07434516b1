import type { CellSpec } from "../config/experiment/cellSpec.ts"
import { loadExperiment } from "../config/experiment/loadExperiment.ts"
import type { Backend } from "../engine/engine.ts"
import { selectEngine } from "../engine/selectEngine.ts"
import { startEngine } from "../engine/startEngine.ts"
import { Failure, type Problem } from "../failure/failure.ts"
import { toFailure } from "../failure/toFailure.ts"
import { hashOf } from "../pipeline/hash.ts"
import { buildParts } from "../pipeline/parts.ts"
import { tryStep } from "../stages/training/tryStep.ts"
import { checkLaws } from "./verify/checkLaws.ts"

export interface ValidateOptions {
  /** One JSON object instead of text. */
  readonly json: boolean
  readonly backend: Backend
  readonly out: (text: string) => void
}

interface Checked {
  readonly file: string
  readonly name: string
  readonly cells: readonly string[]
  /** How many pairs of network and loss were tried. */
  readonly tried: number
}

/** Tries every distinct pair of network and loss for one step, then the laws of every loss on a few inputs. Throws
 *  what the first that fails throws. */
const tryCells = async (file: string, specs: readonly CellSpec[]): Promise<number> => {
  const distinct = new Map(specs.map((spec) => [hashOf([spec.train.model, spec.train.loss]), spec]))
  for (const spec of distinct.values()) {
    const { model, objective, optimizer } = await buildParts(spec)
    try {
      tryStep(model.value, objective.value, optimizer.value)
    } catch (error) {
      const { kind, problems } = toFailure(error)
      throw new Failure(
        kind,
        problems.map((problem) => ({ file, path: "train.loss", ...problem })),
        { cause: error },
      )
    }
  }
  await checkLaws(
    file,
    specs.map((spec) => spec.train.loss),
  )
  return distinct.size
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** Checks experiments: what they say, then one training step of every network with every loss of theirs on a
 *  made-up batch, then what these losses claim. Throws Failure("config") with the problems of all files, or what a step threw. */
export const validate = async (
  files: readonly string[],
  { json, backend, out }: ValidateOptions,
): Promise<void> => {
  const problems: Problem[] = []
  const loaded = files.flatMap((file) => {
    const result = loadExperiment(file, [])
    if (result._tag === "Right") return [{ file, ...result.right }]
    problems.push(...result.left)
    return []
  })
  const checked: Checked[] = []
  if (loaded.length > 0) await startEngine(selectEngine(backend))
  for (const { file, name, cells } of loaded) {
    const tried = await tryCells(
      file,
      cells.map(({ spec }) => spec),
    )
    checked.push({ file, name, cells: cells.map(({ label }) => label), tried })
    if (json) continue
    out(`${file}: ok, ${counted(cells.length, "cell", "cells")}, ${counted(tried, "loss", "losses")} tried\n`)
  }
  if (problems.length > 0) throw new Failure("config", problems)
  if (json) out(`${JSON.stringify({ experiments: checked })}\n`)
}
