import { either as E, function as F } from "fp-ts"
import type { Problem } from "../../failure/failure.ts"
import { nearest } from "../../failure/suggestion.ts"
import { allOf, type Checked } from "../checked.ts"
import type { Located, Origin, SourceTexts } from "../yaml/located.ts"
import { problemAt } from "../yaml/problemAt.ts"
import { put, type Step, stepsOf } from "../yaml/put.ts"
import { valueAt } from "../yaml/valueAt.ts"
import type { ExpandedCell } from "./cellSpec.ts"
import type { Factor } from "./sweepDescription.ts"

const maxCells = 10_000

/** What of an experiment may differ between its cells. */
const variable = ["seed", "load", "augment", "train", "evaluate"]

/** A cell before it is decoded: the experiment with one value of each factor laid over it (see merge). */
export interface Combination extends Omit<ExpandedCell, "spec" | "method"> {
  /** The label without the block factors; empty when there are no others. */
  readonly plainLabel: string
  readonly located: Located
}

/** A factor and where its parts are written. */
interface LocatedFactor {
  readonly factor: Factor
  readonly nameAt: Origin
  readonly pathAt: Origin
  readonly path: readonly Step[]
  readonly levels: readonly Level[]
}

/** One value of a factor. */
interface Level {
  /** "adaptive", "2" */
  readonly word: string
  /** As it stands in the cells' labels: "adaptive", "seed=2" */
  readonly label: string
  readonly at: Origin
  readonly value: Located
}

/** Every combination of the factors' values, the last factor changing first; without factors there is one, with
 *  an empty label. Or all that is wrong with the factors; whether their values fit is for decoding to say.
 *  @param factors decoded from `located` */
export const combinations = (
  factors: readonly Factor[],
  located: Located,
  texts: SourceTexts,
): Checked<readonly Combination[]> => {
  const placed = factors.map((factor, i) =>
    locateFactor(factor, valueAt(located, ["sweep", "factors", String(i)])!),
  )
  const faults = [...placed.flatMap((each, i) => faultsOf(each, placed.slice(0, i))), ...tooMany(placed)]
  if (faults.length > 0)
    return E.left(
      faults.map(({ at, problem }) => problemAt(at, texts, { path: "sweep.factors", ...problem })),
    )

  const start: Combination = {
    label: "",
    plainLabel: "",
    factors: {},
    blocks: factors.filter(({ block }) => block).map(({ name }) => name),
    located: withoutSweep(located),
  }
  return placed.reduce<Checked<readonly Combination[]>>(
    (cells, each) =>
      F.pipe(
        cells,
        E.flatMap((known) =>
          allOf(known.flatMap((cell) => each.levels.map((level) => withLevel(cell, each, level, texts)))),
        ),
      ),
    E.right([start]),
  )
}

const withoutSweep = (located: Located): Located =>
  located.tag === "map"
    ? { ...located, entries: new Map([...located.entries].filter(([key]) => key !== "sweep")) }
    : located

const withLevel = (
  cell: Combination,
  { factor: { name, block }, path }: LocatedFactor,
  { word, label, value }: Level,
  texts: SourceTexts,
): Checked<Combination> =>
  F.pipe(
    put(cell.located, path, value),
    E.bimap(
      ({ at, problem }) => [problemAt(at, texts, problem)],
      (located) => ({
        label: joined(cell.label, label),
        plainLabel: block ? cell.plainLabel : joined(cell.plainLabel, label),
        factors: { ...cell.factors, [name]: word },
        blocks: cell.blocks,
        located,
      }),
    ),
  )

const joined = (before: string, label: string): string => (before === "" ? label : `${before} ${label}`)

const locateFactor = (factor: Factor, located: Located): LocatedFactor => {
  const pathAt = valueAt(located, ["path"])!.at
  return {
    factor,
    nameAt: valueAt(located, ["name"])!.at,
    pathAt,
    path: stepsOf(factor.path, pathAt),
    levels: levelsOf(factor, valueAt(located, ["values"])!),
  }
}

const levelsOf = ({ name, block }: Factor, values: Located): readonly Level[] => {
  if (values.tag === "map")
    return [...values.entries].map(([word, { key, value }]) => ({
      word,
      label: block ? `${name}=${word}` : word,
      at: key,
      value,
    }))
  const items = values.tag === "list" ? values.items : []
  return items.flatMap((value) => {
    const word = value.tag === "scalar" ? String(value.value) : ""
    return { word, label: `${name}=${word}`, at: value.at, value }
  })
}

/** Something that is wrong with a factor, and where. */
interface Fault {
  readonly at: Origin
  readonly problem: Problem
}

/** @param before the factors that stand before this one */
const faultsOf = (self: LocatedFactor, before: readonly LocatedFactor[]): readonly Fault[] => [
  ...nameFaults(self, before),
  ...pathFaults(self, before),
  ...labelFaults(self.levels),
]

const tooMany = (factors: readonly LocatedFactor[]): Fault[] => {
  const count = factors.reduce((product, { levels }) => product * levels.length, 1)
  const message = `the factors make ${count.toLocaleString("en")} cells`
  const expected = `at most ${maxCells.toLocaleString("en")}`
  return count > maxCells ? [{ at: factors.at(-1)!.nameAt, problem: { message, expected } }] : []
}

const nameFaults = (
  { factor: { name }, nameAt: at }: LocatedFactor,
  before: readonly LocatedFactor[],
): Fault[] =>
  before.some(({ factor }) => factor.name === name)
    ? [
        {
          at,
          problem: { message: `two factors have the name \`${name}\``, fix: "give each a name of its own" },
        },
      ]
    : []

const pathFaults = (
  { factor: { path }, pathAt, path: [first] }: LocatedFactor,
  before: readonly LocatedFactor[],
): Fault[] => {
  const word = first!.name
  if (!variable.includes(word)) {
    const suggestion = nearest(word, variable)
    const message = `a factor cannot change \`${word}\``
    const expected = `a path that begins with ${variable.join(", ")}`
    return [{ at: first!.at, problem: { message, expected, ...(suggestion && { suggestion }) } }]
  }
  // A later factor may refine what an earlier one put, as in train.loss and train.loss.gamma; not replace it.
  const replaced = before.find(({ factor }) => `${factor.path}.`.startsWith(`${path}.`))
  if (replaced === undefined) return []
  const message = `this replaces what the factor \`${replaced.factor.name}\` puts at ${replaced.factor.path}`
  const fix = replaced.factor.path === path ? "make one factor of the two" : "name this factor first"
  return [{ at: pathAt, problem: { message, fix } }]
}

const labelFaults = (levels: readonly Level[]): Fault[] =>
  levels.flatMap(({ word, at }, i): Fault[] => {
    if (!/^[\w.+-]+$/.test(word)) {
      const expected = "letters, digits, and any of . _ + -"
      return [
        {
          at,
          problem: { message: "this cannot be a label", expected, fix: "write a map from labels to values" },
        },
      ]
    }
    return levels.findIndex((level) => level.word === word) < i
      ? [{ at, problem: { message: `the value \`${word}\` is named twice`, fix: "keep one of the two" } }]
      : []
  })
