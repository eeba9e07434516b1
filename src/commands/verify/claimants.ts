import { buildLoss, scaleSpecs } from "../../config/catalog/losses.ts"
import {
  type Claimant,
  claimantOf,
  fixedClaimantOf,
  isSelfContained,
} from "../../config/catalog/lossSubject.ts"
import type { PartSpec } from "../../config/catalog/part.ts"
import { singleScaleLosses } from "../../config/catalog/singleScaleLosses.ts"
import type { Checked } from "../../config/checked.ts"
import { loadExperiment } from "../../config/experiment/loadExperiment.ts"
import { loadLoss, loadModuleLoss } from "../../config/experiment/loadLoss.ts"
import { readLocated } from "../../config/yaml/readLocated.ts"
import { Failure } from "../../failure/failure.ts"
import { moduleClaimant, type Observed } from "./moduleClaimant.ts"

const claiming = (claimant: Claimant): Observed => ({ claimant, observed: [] })

/** What is to be verified: every loss of the catalogue; one of them, with all its options; or the losses that a
 *  YAML file, an inline spec or an experiment names, with the options that they have there.
 *  Throws Failure("config") with every problem of what was said. */
export const claimantsOf = async (said: string | undefined): Promise<readonly Observed[]> => {
  const whole = (kind: string) => claiming(claimantOf(kind))
  if (said === undefined) return Object.keys(singleScaleLosses).filter(isSelfContained).map(whole)
  if (Object.hasOwn(singleScaleLosses, said) && isSelfContained(said)) return [whole(said)]
  return Promise.all(specsOf(said).map(claimantOfSpec))
}

/** A loss with the options of a spec. */
export const claimantOfSpec = async (spec: PartSpec): Promise<Observed> =>
  spec.kind === "module" ? moduleClaimant(spec) : claiming(fixedClaimantOf(spec, await buildLoss(spec)))

/** A user's module.
 *  @param options of it, as inline YAML: "{ share: 0.5 }" */
export const claimantOfModule = (path: string, options = "{}"): Promise<Observed> =>
  moduleClaimant(taken(loadModuleLoss(path, options)))

/** The distinct losses of one scale. */
const specsOf = (said: string): readonly PartSpec[] => {
  const specs = isExperiment(said) ? trainedLosses(said) : [taken(loadLoss(said))]
  return distinct(specs.flatMap(scaleSpecs))
}

export const distinct = (specs: readonly PartSpec[]): readonly PartSpec[] => [
  ...new Map(specs.map((spec) => [JSON.stringify(spec), spec])).values(),
]

/** What only experiments have at the top. */
const experimentKeys = ["name", "extends", "load", "train", "sweep"]

/** A YAML file that has no `kind` at the top, and something of an experiment. */
const isExperiment = (said: string): boolean => {
  const read = readLocated(said)
  if (read._tag === "Left" || read.right.located.tag !== "map") return false
  const { entries } = read.right.located
  return !entries.has("kind") && experimentKeys.some((key) => entries.has(key))
}

const trainedLosses = (file: string): readonly PartSpec[] =>
  taken(loadExperiment(file, [])).cells.map(({ spec }) => spec.train.loss)

/** Throws Failure("config") with every problem. */
const taken = <A>(loaded: Checked<A>): A => {
  if (loaded._tag === "Left") throw new Failure("config", loaded.left)
  return loaded.right
}
