import { Failure, type Problem } from "../failure/failure.ts"
import type { Key } from "../tensor/key.ts"
import type { Dataset } from "./dataset.ts"
import type { Case } from "./source.ts"

/** Numbers of patients; "all" is what the other splits leave. Validation patients come from the training group. */
export type Split = {
  readonly train: number | "all"
  readonly validation: number
  readonly test: number | "all"
}

/** A split, and what its draws start from. Types, since an interface is not taken for JSON, which keys are made of. */
export type SeededSplit = Split & { readonly seed: number }

/** Where a split asks for more patients than the groups have, or leaves none to train or test with. */
export const splitFaults = (
  split: Split,
  sizes: { readonly train: number; readonly test: number },
): readonly (Problem & { readonly path: string })[] => {
  const { train, validation, test } = split
  const tooMany = (group: string) => ({
    message: `the split asks for more patients than the ${group} group has`,
    fix: "ask for fewer",
  })
  const faults = []
  if (train === "all" && validation >= sizes.train)
    faults.push({
      ...tooMany("training"),
      path: "load.split.validation",
      expected: `validation at most ${sizes.train - 1}, so that one patient is left to train with`,
      found: String(validation),
    })
  if (train !== "all" && train + validation > sizes.train)
    faults.push({
      ...tooMany("training"),
      path: "load.split",
      expected: `train + validation at most ${sizes.train}`,
      found: `train ${train}, validation ${validation}`,
    })
  if ((test === "all" ? 1 : test) > sizes.test)
    faults.push({
      ...tooMany("test"),
      path: "load.split.test",
      expected: `at most ${sizes.test}`,
      found: String(test),
    })
  return faults
}

/** Deals patients, with all their cases, out to the splits, each split in the source's order: test patients from the
 *  test group, validation and then training patients from the training group. Patients without a group are one pool,
 *  for testing first. Who comes first is drawn per patient, so that the validation patients are the same however many
 *  train, and one patient more or less moves nobody else.
 *  Throws Failure("data") when more are asked for than there are, none are left to train or test, a case is there
 *  twice, or a patient's cases are in two groups. */
export const splitPatients = (cases: readonly Case[], split: Split, key: Key): Dataset["patients"] => {
  const problems: Problem[] = [...caseProblems(cases)]
  const patients = [...new Map(cases.map(({ patient, group }) => [patient, group]))]
  const drawn = (patient: string) => key.child("patient", patient).draws().uniform()
  const shuffled = [...patients].sort(([a], [b]) => drawn(a) - drawn(b))
  const first = (pool: typeof patients, count: number | "all") =>
    new Set(count === "all" ? pool : pool.slice(0, count))
  const testPool = shuffled.filter(([, group]) => group !== "train")
  const test = first(testPool, split.test)
  const trainPool = shuffled.filter((one) => one[1] !== "test" && !test.has(one))
  problems.push(...splitFaults(split, { train: trainPool.length, test: testPool.length }))
  if (problems.length > 0) throw new Failure("data", problems)
  const validation = first(trainPool, split.validation)
  const train = first(trainPool.slice(split.validation), split.train)
  const inOrder = (chosen: typeof test) =>
    patients.filter((one) => chosen.has(one)).map(([patient]) => patient)
  return { train: inOrder(train), validation: inOrder(validation), test: inOrder(test) }
}

const caseProblems = (cases: readonly Case[]): Problem[] => {
  const twice = cases.filter(({ id }, i) => cases.findIndex((other) => other.id === id) < i)
  const groups = new Map(cases.map(({ patient, group }) => [patient, group]))
  const torn = cases.filter(({ patient, group }) => groups.get(patient) !== group)
  const named = (names: readonly string[]) => [...new Set(names)].join(", ")
  return [
    ...(twice.length === 0
      ? []
      : [{ message: "cases are there twice", path: "load.source", found: named(twice.map(({ id }) => id)) }]),
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
