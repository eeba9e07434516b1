import type { CellSpec } from "../config/experiment/cellSpec.ts"
import type { Json } from "../config/json.ts"

import { hashOf } from "./hash.ts"
import type { CellParts } from "./parts.ts"
import { sourceDigest } from "./sourceDigest.ts"

/** Keys of the artefacts of a cell; `evaluate` names the cell. */
export interface CellKeys {
  readonly load: string
  readonly references: string
  readonly train: string
  readonly evaluate: string
  /** What the keys were made of, each hashed: comparing two cells' says why one is stale. */
  readonly ingredients: Readonly<Record<string, string>>
}

/** Options of sources that say where data lie. */
const dataPaths = ["folder", "images", "masks", "second"]

/** Where something lies says nothing about what it is: paths are dropped, and contents hashed instead. */
const without = (spec: Json, paths: readonly string[]): Json =>
  isMap(spec) ? Object.fromEntries(Object.entries(spec).filter(([name]) => !paths.includes(name))) : spec

/** A loss without where the modules in it lie. What a module gets is its own affair, an option `path` of it, too. */
const withoutModulePaths = (spec: Json): Json => {
  if (Array.isArray(spec)) return spec.map(withoutModulePaths)
  if (!isMap(spec)) return spec
  if (spec.kind === "module") return without(spec, ["path"])
  return Object.fromEntries(Object.entries(spec).map(([name, value]) => [name, withoutModulePaths(value)]))
}

const isMap = (spec: Json): spec is { readonly [key: string]: Json } =>
  typeof spec === "object" && spec !== null && !Array.isArray(spec)

/** The keys of a cell, from the specs and sources of its parts and the content of its data.
 *  @param fingerprint of the data (Source.fingerprint)
 *  @param engine its name, version and thread count, which decides the order of sums
 */
export const cellKeys = (spec: CellSpec, parts: CellParts, fingerprint: string, engine: string): CellKeys => {
  const { size, preprocessing } = spec.load
  const training = [parts.model, parts.optimizer, parts.schedule, ...parts.augmentations]
  const ingredients = {
    data: fingerprint,
    "load options": hashOf({
      source: without(parts.source.spec, dataPaths),
      split: parts.split.spec,
      size: [...size],
      resize: parts.resize.spec,
      preprocessing,
      intensity: parts.intensity.spec,
    }),
    "load code": sourceDigest([
      "stages/load.ts",
      "pipeline/storedFormats.ts",
      ...parts.source.sources,
      ...parts.intensity.sources,
    ]),
    loss: hashOf(withoutModulePaths(parts.objective.spec)),
    "loss code": sourceDigest(parts.objective.sources),
    model: hashOf(parts.model.spec),
    "train options": hashOf({
      augment: parts.augmentations.map((part) => part.spec),
      optimizer: parts.optimizer.spec,
      schedule: parts.schedule.spec,
      epochs: spec.train.epochs,
      batchSize: spec.train.batchSize,
      keep: spec.train.keep,
      precision: spec.train.precision,
    }),
    "train code": sourceDigest(["stages/train.ts", ...training.flatMap((part) => part.sources)]),
    seed: hashOf(spec.seed),
    engine: hashOf(engine),
    "engine code": sourceDigest(["engine/startEngine.ts"]),
    "evaluate options": hashOf({
      metrics: [...spec.evaluate.metrics],
      hd95: spec.evaluate.hd95,
      toleranceMm: spec.evaluate.toleranceMm,
      empty: spec.evaluate.empty,
    }),
    "evaluate code": sourceDigest(["stages/evaluate.ts", ...parts.model.sources]),
    "references code": sourceDigest(["stages/references.ts"]),
  }
  const keyOf = (stage: string, names: readonly (keyof typeof ingredients)[], inputs: readonly string[]) =>
    hashOf({ stage, ingredients: names.map((name) => `${name} ${ingredients[name]}`), inputs: [...inputs] })
  const load = keyOf("load", ["data", "load options", "load code"], [])
  const train = keyOf(
    "train",
    ["loss", "loss code", "model", "train options", "train code", "seed", "engine", "engine code"],
    [load],
  )
  return {
    load,
    references: keyOf("references", ["evaluate options", "references code"], [load]),
    train,
    evaluate: keyOf(
      "evaluate",
      ["evaluate options", "evaluate code", "engine", "engine code"],
      [load, train],
    ),
    ingredients,
  }
}
