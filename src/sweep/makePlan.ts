import { resolve } from "node:path"
import type { ExpandedCell } from "../config/experiment/cellSpec.ts"
import { splitCases } from "../data/dataset/split.ts"
import type { Backend } from "../engine/engine.ts"
import { Failure, type Problem } from "../failure/failure.ts"
import { canonicalJson } from "../pipeline/hash.ts"
import { cellKeys } from "../pipeline/keys.ts"
import { buildParts } from "../pipeline/parts.ts"
import { type Plan, slug } from "./plan.ts"

export interface PlanRequest {
  readonly experiment: string
  readonly cells: readonly ExpandedCell[]
  readonly command: string
  readonly backend: Backend
  readonly engine: string
  readonly store: string
}

/** Gives every cell its keys, and checks that its data can be split as it asks. Each distinct source is fingerprinted
 *  once; the problems of all cells come together. */
export const makePlan = async (request: PlanRequest): Promise<Plan> => {
  const fingerprints = new Map<string, Promise<string>>()
  const splits = new Set<string>()
  const problems: Problem[] = []
  let kind: Failure["kind"] = "config"
  let description = ""
  const cells: Plan["cells"][number][] = []
  for (const [index, cell] of request.cells.entries()) {
    try {
      const parts = await buildParts(cell.spec)
      const sourceSpec = canonicalJson(parts.source.spec)
      if (!fingerprints.has(sourceSpec)) fingerprints.set(sourceSpec, parts.source.value.fingerprint())
      description = parts.source.value.description
      const keys = cellKeys(cell.spec, parts, await fingerprints.get(sourceSpec)!, request.engine)
      const split = canonicalJson([parts.source.spec, parts.split.spec])
      if (!splits.has(split)) splitCases(await parts.source.value.cases(), parts.split.value)
      splits.add(split)
      const folder = `cells/${slug(cell.label)}-${keys.evaluate.slice(0, 8)}`
      cells.push({
        index,
        label: cell.label,
        factors: cell.factors,
        blocks: cell.blocks,
        method: cell.method,
        folder,
        keys,
        spec: cell.spec,
      })
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      kind = error.kind
      // The same folder or module is named by many cells; its problem is one.
      for (const problem of error.problems)
        if (!problems.some((known) => JSON.stringify(known) === JSON.stringify(problem)))
          problems.push(problem)
    }
  }
  if (problems.length > 0) throw new Failure(kind, problems)
  const { experiment, command, backend, engine } = request
  return {
    format: 1,
    experiment,
    command,
    backend,
    engine,
    store: resolve(request.store),
    source: description,
    cells,
  }
}
