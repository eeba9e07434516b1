import fc from "fast-check"
import { catalogs } from "../../src/config/catalog/catalogs.ts"
import { hasModule } from "../../src/config/catalog/nestedLosses.ts"
import type { PartSpec } from "../../src/config/catalog/part.ts"
import { cellSpecOf } from "../../src/config/experiment/experimentDescription.ts"
import { experimentLanguage } from "../../src/config/experiment/loadExperiment.ts"
import { arbitraryOf } from "../../src/config/language/arbitrary.ts"
import { codecOf } from "../../src/config/language/codec.ts"
import type { Description } from "../../src/config/language/description.ts"
import { type Place, placesOf } from "../config/descriptions.ts"

/** An experiment as plain values, every option given. */
export type Experiment = Readonly<Record<string, unknown>>

/** Every option that is not a part's own, somewhere off its default where that is allowed. */
export const baseExperiment = {
  name: "base",
  seed: 3,
  load: {
    source: { kind: "phantom", train: 3, test: 2 },
    split: { train: 1, validation: 1, test: 1, seed: 4 },
    size: [128, 256],
  },
  augment: [{ kind: "flip", axis: "rows" }],
  train: {
    model: { kind: "unet" },
    loss: { kind: "bce" },
    optimizer: { kind: "sgd" },
    schedule: { kind: "constant", learningRate: 0.1 },
    epochs: 2,
    batchSize: 3,
  },
  evaluate: { metrics: ["dice", "nsd"] },
  report: { title: "Title", baseline: "base", remark: ["A remark."] },
}

/** Decoded, every default filled in; null when the language refuses it. */
export const decoded = (plain: unknown): Experiment | null => {
  const result = codecOf(experimentLanguage).decode(plain)
  return result._tag === "Left" ? null : (result.right as Experiment)
}

/** The spec of the one cell of an experiment. */
export const cellOf = (experiment: Experiment) => cellSpecOf(experiment)

/** Another value at a path of keys and numbers of items. */
export const replaced = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
  if (key === undefined) return by
  if (Array.isArray(value))
    return value.map((each: unknown, i) => (String(i) === key ? replaced(each, rest, by) : each))
  const map = value as Experiment
  return { ...map, [key]: replaced(map[key], rest, by) }
}

/** Where each kind of part stands in an experiment, with everything that can stand there. */
const places = [
  ["load.source", catalogs.sources],
  ["load.resize", catalogs.resizes],
  ["load.intensity", catalogs.intensities],
  ["augment.0", catalogs.augmentations],
  ["train.model", catalogs.models],
  ["train.loss", catalogs.losses],
  ["train.optimizer", catalogs.optimizers],
  ["train.schedule", catalogs.schedules],
] as const

/** Every kind of part that an experiment can name, but for a module of the user's, which is a file; with the valid
 *  experiments that have it in its place. */
export const everyPart = places.flatMap(([path, catalog]) =>
  Object.entries(catalog)
    .filter(([kind]) => kind !== "module")
    .map(([kind, { options }]) => ({
      path,
      kind,
      experiments: arbitraryOf(options)
        .map((drawn) => ({ kind, ...(drawn as object) }) as PartSpec)
        .filter((spec) => !hasModule(spec))
        .map((spec) => decoded(replaced(baseExperiment, path.split("."), spec)))
        .filter((experiment) => experiment !== null),
    })),
)

/** Values near one that is there: they are as likely to be allowed. */
const near = (value: unknown): readonly unknown[] => {
  if (typeof value === "number") return [value * 2]
  return Array.isArray(value) ? [[...(value as unknown[])].reverse(), value.slice(1)] : []
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((inner, key) => (inner as Experiment)[key], value)

const isInner = ({ tag }: Description): boolean => tag === "record" || tag === "sum"

/** The experiment with one leaf at or below `path` changed to another valid value, for every leaf that allows it; a list
 *  counts as one too. */
export const changedLeaves = (
  experiment: Experiment,
  path = "",
): readonly { readonly path: string; readonly changed: Experiment }[] => {
  const below = ({ path: each, description }: Place): boolean =>
    `${each.join(".")}.`.startsWith(path === "" ? "" : `${path}.`) && !isInner(description)
  return placesOf(experimentLanguage, experiment)
    .filter(below)
    .flatMap(({ path: leaf, description }) => {
      const before = JSON.stringify(experiment)
      const drawn = fc.sample(arbitraryOf(description), { numRuns: 20, seed: 7 })
      for (const value of [...near(valueAt(experiment, leaf)), ...drawn]) {
        const changed = decoded(replaced(experiment, leaf, value))
        if (changed !== null && JSON.stringify(changed) !== before) return [{ path: leaf.join("."), changed }]
      }
      return []
    })
}
