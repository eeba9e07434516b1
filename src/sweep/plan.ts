import { readFile } from "node:fs/promises"
import type { CellSpec } from "../config/experiment/cellSpec.ts"
import type { Backend } from "../engine/engine.ts"
import { failure } from "../failure/failure.ts"
import type { CellKeys } from "../pipeline/keys.ts"

/** One cell as plan.json holds it. */
export interface PlannedCell {
  readonly index: number
  readonly label: string
  readonly factors: Readonly<Record<string, string>>
  /** Names of the factors that only repeat. */
  readonly blocks: readonly string[]
  /** What is compared: the label without its block factors, or the experiment's name (ExpandedCell.method). */
  readonly method: string
  /** Relative to the run directory: cells/<label>-<key8>. */
  readonly folder: string
  readonly keys: CellKeys
  readonly spec: CellSpec
}

/** Everything that running the cells needs: local children, array tasks and shards all start from this file. */
export interface Plan {
  readonly format: 1
  readonly experiment: string
  /** The command that made the plan. */
  readonly command: string
  readonly backend: Backend
  /** Name, version and threads of the engine that the keys were made for. */
  readonly engine: string
  /** Folder of the store, absolute. */
  readonly store: string
  /** One line about where the data come from. */
  readonly source: string
  readonly cells: readonly PlannedCell[]
}

/** A label as part of a file name: readable, and unique by the key that follows it. */
export const slug = (label: string): string =>
  label
    .normalize("NFC")
    .replace(/[^A-Za-z0-9=._-]+/g, "-")
    .replace(/^[.-]+/, "")
    .slice(0, 80) || "cell"

/** Throws Failure("usage") when the file is not a plan of this format. */
export const readPlan = async (file: string): Promise<Plan> => {
  const refuse = (message: string, cause?: unknown) =>
    failure(
      "usage",
      { file, message, fix: "name the plan.json of a run directory, which `losslab run` writes" },
      cause,
    )
  let plan: Partial<Plan> | null
  try {
    plan = JSON.parse(await readFile(file, "utf8")) as Partial<Plan> | null
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw refuse("the file is not a plan", error)
    throw refuse(code === "ENOENT" ? "there is no such file" : "the file cannot be read", error)
  }
  if (plan?.format !== 1 || !Array.isArray(plan.cells))
    throw refuse("the file is not a plan that this losslab can run")
  return plan as Plan
}
