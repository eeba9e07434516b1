import { Failure, type Problem } from "../../failure/failure.ts"
import { rootKey } from "../../tensor/randomKey.ts"
import type { Case } from "../sources/source.ts"
import { type Placement, placeCases, type SplitName, splitNames } from "./placement.ts"
import { splitFaults } from "./splitFaults.ts"
import type { SplitTable } from "./splitFile.ts"
import { countOf, type Split } from "./wanted.ts"

/** Everything that decides who comes where. */
export interface SplitRule extends Split {
  /** What draws start from. */
  readonly seed: number
  /** A file that places everyone; the rest of the rule then says nothing. */
  readonly table: SplitTable | null
}

/** The cases of each split, in the source's order, and those that no split takes. */
export type SplitCases = Readonly<Record<SplitName | "unused", readonly Case[]>>

/** Deals patients, with all their cases, out to the splits: those that are named, then by drawing, test patients from
 *  the test group, validation and then training patients from the training group. Patients without a group are one
 *  pool. Who comes first is drawn per patient, so the validation patients are the same however many train; with one
 *  patient more the others keep their order, so that at most one of them crosses a border, if no number changes. No patient is ever in two
 *  splits. Throws Failure("data") with everything that the rule asks for and the cases do not have. */
export const splitCases = (cases: readonly Case[], rule: SplitRule): SplitCases => {
  const placed = placeCases(cases, rule.table?.placements ?? listed(rule))
  const problems = [
    ...caseProblems(cases),
    ...(rule.table?.problems ?? []),
    ...placed.problems,
    ...emptySplits(rule.table),
  ]
  if (problems.length > 0) throw new Failure("data", problems)
  const drawn = rule.table === null ? draw(cases, rule, placed.splits) : new Map<string, SplitName>()
  const splitOf = ({ id, patient }: Case) => placed.splits.get(id) ?? drawn.get(patient) ?? "unused"
  const those = (split: SplitName | "unused") => cases.filter((one) => splitOf(one) === split)
  return {
    train: those("train"),
    validation: those("validation"),
    test: those("test"),
    unused: those("unused"),
  }
}

/** A file alone decides, so it must name somebody where one is needed. */
const emptySplits = (table: SplitTable | null): Problem[] => {
  const { placements = [], problems = [] } = table ?? {}
  if (table === null || problems.length > 0) return [] // a row that cannot be read may have named somebody
  return (["train", "test"] as const)
    .filter((split) => !placements.some((one) => one.split === split))
    .map((split) => ({
      message: `the split file names nobody to ${split} with`,
      fix: `write ${split} in the rows of some patients`,
      ...(placements[0]?.place.file === undefined ? {} : { file: placements[0].place.file }),
    }))
}

/** The lists of a split as placements. */
const listed = (split: Split): readonly Placement[] =>
  splitNames.flatMap((name) => {
    const wanted = split[name]
    return typeof wanted === "object"
      ? wanted.map((patient, i): Placement => {
          const place = { path: `load.split.${name}.${i}` }
          return { name: patient, by: "patient", split: name, place }
        })
      : []
  })

/** The split of every patient that is drawn. */
const draw = (
  cases: readonly Case[],
  rule: SplitRule,
  placed: ReadonlyMap<string, SplitName>,
): ReadonlyMap<string, SplitName> => {
  const key = rootKey(rule.seed).child("split")
  const groups = new Map(cases.map(({ patient, group }) => [patient, group]))
  const placedPatients = new Map(cases.map(({ id, patient }) => [patient, placed.get(id)]))
  const order = new Map(
    [...groups.keys()].map((patient) => [patient, key.child("patient", patient).draws().uniform()]),
  )
  const shuffled = [...groups.keys()].sort((a, b) => order.get(a)! - order.get(b)!)
  const drawn = new Map<string, SplitName>()
  const isFree = (patient: string) => !drawn.has(patient) && placedPatients.get(patient) === undefined
  const take = (split: SplitName, pool: readonly string[]) => {
    const wanted = rule[split]
    if (typeof wanted === "object") return
    const free = pool.filter(isFree)
    for (const patient of free.slice(0, wanted === "all" ? free.length : countOf(wanted, pool.length)))
      drawn.set(patient, split)
  }
  const testPool = shuffled.filter((patient) => groups.get(patient) !== "train")
  const trainPool = shuffled.filter((patient) => groups.get(patient) !== "test")
  take("test", testPool)
  const tested = (patient: string) => (drawn.get(patient) ?? placedPatients.get(patient)) === "test"
  const problems = splitFaults(rule, {
    train: trainPool.filter((patient) => !tested(patient)).length,
    trainPool: trainPool.length,
    testPool: testPool.length,
    shared: testPool.some((patient) => groups.get(patient) === null),
  })
  if (problems.length > 0) throw new Failure("data", problems)
  take("validation", trainPool)
  take("train", trainPool)
  return drawn
}

const caseProblems = (cases: readonly Case[]): Problem[] => {
  const groups = new Map(cases.map(({ patient, group }) => [patient, group]))
  const twice = cases.filter(({ id }, i) => cases.findIndex((other) => other.id === id) < i)
  const torn = cases.filter(({ patient, group }) => groups.get(patient) !== group)
  const named = (names: readonly string[]) => [...new Set(names)].join(", ")
  return [
    ...(twice.length === 0
      ? []
      : [
          {
            message: "cases are there twice",
            path: "load.source",
            found: named(twice.map(({ id }) => id)),
            fix: "keep one of the two",
          },
        ]),
    ...(torn.length === 0
      ? []
      : [
          {
            message: "patients have cases in more than one group",
            path: "load.source",
            found: named(torn.map(({ patient }) => patient)),
            fix: "put all cases of a patient into one group: a patient in two splits makes the test worthless",
          },
        ]),
  ]
}
