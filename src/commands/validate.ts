import { lossName } from "../config/catalog/nestedLosses.ts"
import type { CellSpec } from "../config/experiment/cellSpec.ts"
import { loadExperiment } from "../config/experiment/loadExperiment.ts"
import type { Json } from "../config/json.ts"
import { bfloat16Problem } from "../engine/bfloat16.ts"
import type { Backend } from "../engine/engine.ts"
import { selectEngine } from "../engine/selectEngine.ts"
import { startEngine } from "../engine/startEngine.ts"
import { Failure, failure, type Problem } from "../failure/failure.ts"
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
  /** What is right and slow. */
  readonly warnings: readonly string[]
}

/** Tries every distinct choice of network, loss, optimizer and precision for two steps, compiled and operation by
 *  operation, then the laws of every loss on a few inputs. Throws what the first that fails throws, and
 *  Failure("environment") when this machine does not train in a precision. */
const tryCells = async (
  file: string,
  specs: readonly CellSpec[],
): Promise<Pick<Checked, "tried" | "warnings">> => {
  const unable = specs.some(({ train }) => train.precision === "bfloat16") ? bfloat16Problem() : null
  if (unable !== null) throw failure("environment", { file, ...unable })
  const distinct = distinctBy(specs, ({ train: { model, loss, optimizer, precision } }) => [
    model,
    loss,
    optimizer,
    precision,
  ])
  const warnings: string[] = []
  for (const spec of distinct) {
    const { model, objective, optimizer } = await buildParts(spec)
    try {
      const { whyEager } = tryStep(model.value, objective.value, optimizer.value, spec.train.precision)
      if (whyEager !== null)
        warnings.push(
          `the training step with the loss ${lossName(spec.train.loss)} runs operation by operation, which is slower: ${whyEager}`,
        )
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
  const pairs = distinctBy(specs, ({ train: { model, loss } }) => [model, loss])
  return { tried: pairs.length, warnings: [...new Set(warnings)] }
}

const distinctBy = (specs: readonly CellSpec[], by: (spec: CellSpec) => Json): readonly CellSpec[] => [
  ...new Map(specs.map((spec) => [hashOf(by(spec)), spec])).values(),
]

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** Checks experiments: what they say, then a training step of every network with every loss of theirs on a made-up
 *  batch, compiled as in a run, against the same step operation by operation, then what these losses claim. Throws
 *  Failure("config") with the problems of all files, Failure("check") when the two steps differ, or what a step threw. */
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
    const { tried, warnings } = await tryCells(
      file,
      cells.map(({ spec }) => spec),
    )
    checked.push({ file, name, cells: cells.map(({ label }) => label), tried, warnings })
    if (json) continue
    for (const warning of warnings) out(`${file}: warning: ${warning}\n`)
    out(`${file}: ok, ${counted(cells.length, "cell", "cells")}, ${counted(tried, "loss", "losses")} tried\n`)
  }
  if (problems.length > 0) throw new Failure("config", problems)
  if (json) out(`${JSON.stringify({ experiments: checked })}\n`)
}
