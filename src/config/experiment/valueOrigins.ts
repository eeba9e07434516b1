import { isMap } from "../language/yamlType.ts"
import { toPlain } from "../yaml/toPlain.ts"
import { valueAt } from "../yaml/valueAt.ts"
import type { LoadedExperiment } from "./loadExperiment.ts"

/** A value of the resolved experiment and where it comes from: "experiments/adaptive.yaml:14",
 *  "--set train.epochs=3", "default". */
export interface ValueOrigin {
  readonly path: readonly string[]
  readonly origin: string
}

/** The experiment as one cell would be, with its sweep as written. */
export const resolvedExperiment = ({
  spec,
  located,
}: LoadedExperiment): Readonly<Record<string, unknown>> => {
  const sweep = valueAt(located, ["sweep"])
  return { ...spec, ...(sweep === undefined ? {} : { sweep: toPlain(sweep) }) }
}

/** The origin of every value of `resolvedExperiment`; a list of single values counts as one. */
export const originsOf = (experiment: LoadedExperiment): readonly ValueOrigin[] =>
  leaves(resolvedExperiment(experiment), []).map(({ path, preset }) => ({
    path,
    origin: written(experiment, path) ?? fromFactor(experiment, path) ?? unwritten(preset),
  }))

interface Leaf {
  readonly path: readonly string[]
  /** Of the record that it stands in. */
  readonly preset: unknown
}

const leaves = (value: unknown, path: readonly string[], preset?: unknown): readonly Leaf[] => {
  const isList = Array.isArray(value) && value.some((item) => typeof item === "object")
  const parts = isList || isMap(value) ? Object.entries(value) : []
  if (parts.length === 0) return [{ path, preset }]
  const own = isMap(value) ? value.preset : undefined
  return parts.flatMap(([key, part]) => leaves(part, [...path, key], own))
}

const written = ({ located }: LoadedExperiment, path: readonly string[]): string | undefined => {
  const at = valueAt(located, path)?.at
  return at && (at.file.startsWith("--set ") ? at.file : `${at.file}:${at.line}`)
}

/** An experiment that is none without its factors is resolved as its first cell. */
const fromFactor = (
  { spec, located, cells: [first] }: LoadedExperiment,
  path: readonly string[],
): string | undefined => {
  if (spec !== first!.spec) return undefined
  const setBy = Object.entries(first!.factors).find((_, i) => {
    const factorPath = valueAt(located, ["sweep", "factors", String(i), "path"])
    return factorPath?.tag === "scalar" && `${path.join(".")}.`.startsWith(`${factorPath.value}.`)
  })
  return setBy && `factor ${setBy[0]}, here ${setBy[1]}`
}

const unwritten = (preset: unknown): string =>
  typeof preset === "string" ? `preset ${preset}, or default` : "default"
