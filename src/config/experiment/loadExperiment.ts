import { either as E, function as F } from "fp-ts"
import type { Problem } from "../../failure/failure.ts"
import { nearest } from "../../failure/suggestion.ts"
import { catalogs } from "../catalog/catalogs.ts"
import { allOf, type Checked } from "../checked.ts"
import { decode } from "../language/decode.ts"
import type { RecordDescription } from "../language/description.ts"
import { resolvePaths } from "../language/resolvePaths.ts"
import { choices, shown } from "../language/shown.ts"
import type { Located, SourceTexts } from "../yaml/located.ts"
import { problemAt } from "../yaml/problemAt.ts"
import type { LocatedTexts } from "../yaml/readLocated.ts"
import { valueAt } from "../yaml/valueAt.ts"
import type { CellSpec, ExpandedCell } from "./cellSpec.ts"
import { type Combination, combinations } from "./combinations.ts"
import { cellSpecOf, experimentDescription } from "./experimentDescription.ts"
import { override } from "./override.ts"
import { readExtended } from "./readExtended.ts"
import { type Sweep, sweep } from "./sweepDescription.ts"

/** An experiment that can be planned: nothing in it is wrong. */
export interface LoadedExperiment {
  readonly name: string
  /** In the order of the factors, the last one changing first; at least one. Labels are unique. */
  readonly cells: readonly ExpandedCell[]
  /** The experiment without its factors; what only they give is as in the first cell. */
  readonly spec: CellSpec
  /** All layers, laid over each other, as written. */
  readonly located: Located
  readonly texts: SourceTexts
  /** The texts of the files alone, the experiment's own first. */
  readonly files: SourceTexts
}

/** The experiment language with everything that comes with losslab. */
export const experimentLanguage: RecordDescription = experimentDescription(catalogs)

/** Reads an experiment, the files that it extends and the `--set`s over them, and expands its sweep; or every
 *  problem that can be found. Texts that are paths are absolute in the specs (resolvePaths). */
export const loadExperiment = (
  file: string,
  sets: readonly string[],
  language: RecordDescription = experimentLanguage,
): Checked<LoadedExperiment> =>
  F.pipe(
    readExtended(file),
    E.flatMap((layers) => override(layers, sets)),
    E.flatMap((layers) => expand(layers, language)),
  )

const expand = (layers: LocatedTexts, language: RecordDescription): Checked<LoadedExperiment> => {
  const { located, texts } = layers
  const specOf = (each: Located): Checked<CellSpec> =>
    F.pipe(decode(language, resolvePaths(language, each), texts), E.map(cellSpecOf))

  const base = specOf(located)
  const faults = E.isLeft(base) ? base.left : []
  if (faults.some(({ path = "" }) => within(path, "sweep"))) return E.left(faults)

  const factors = factorsOf(layers)
  const combined = combinations(factors, located, texts)
  if (E.isLeft(combined)) {
    // What stands where a factor puts its values may well be wrong without them.
    const others = faults.filter(({ path = "" }) => !factors.some((factor) => touch(path, factor.path)))
    return E.left([...distinct(combined.left), ...others])
  }
  return F.pipe(
    allOf(combined.right.map((each) => F.pipe(specOf(each.located), E.map(cellOf(each))))),
    E.mapLeft(distinct),
    E.flatMap((cells) => {
      const spec = E.getOrElse(() => cells[0]!.spec)(base)
      const methods = new Set(cells.map(({ method }) => method))
      const files = new Map([...texts].filter(([name]) => !name.startsWith("--set ")))
      return F.pipe(
        checkBaseline(spec.report.baseline, [...methods], layers),
        E.map(() => ({ name: spec.name, cells, spec, located, texts, files })),
      )
    }),
  )
}

/** The sweep is known to be right: its problems come with those of the whole experiment. */
const factorsOf = ({ located, texts }: LocatedTexts): Sweep["factors"] => {
  const written = valueAt(located, ["sweep"])
  const decoded = written === undefined ? E.left([]) : decode(sweep, written, texts)
  return E.isLeft(decoded) ? [] : (decoded.right as Sweep).factors
}

const cellOf =
  ({ label, plainLabel, factors, blocks }: Combination) =>
  (spec: CellSpec): ExpandedCell => ({
    label: label || spec.name,
    factors,
    blocks,
    method: plainLabel || spec.name,
    spec,
  })

const checkBaseline = (
  baseline: string | null,
  methods: readonly string[],
  { located, texts }: LocatedTexts,
): Checked<void> => {
  if (baseline === null || methods.includes(baseline)) return E.right(undefined)
  const suggestion = nearest(baseline, methods)
  return E.left([
    problemAt(valueAt(located, ["report", "baseline"])!.at, texts, {
      message: "report.baseline: no cell has this label",
      path: "report.baseline",
      expected: choices(methods.slice(0, 20)),
      found: shown(baseline),
      ...(suggestion === undefined ? {} : { suggestion }),
    }),
  ])
}

/** Each problem once, though many cells have it. */
const distinct = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
]

const within = (path: string, outer: string): boolean => `${path}.`.startsWith(`${outer}.`)

const touch = (path: string, other: string): boolean => within(path, other) || within(other, path)
