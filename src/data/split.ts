import { Failure, type Problem } from "../failure/failure.ts"
import type { Key } from "../tensor/key.ts"
import type { Dataset } from "./dataset.ts"

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

/** Deals patients out to the splits: validation, then training patients from the training group, test patients from
 *  the test group, each split in the source's order. Who comes first is drawn per patient, so that the validation
 *  patients are the same however many train, and one patient more or less moves nobody else.
 *  Throws Failure("data") when more are asked for than there are, none are left to train or test, or a patient
 *  is there twice. */
export const splitPatients = (
  groups: { readonly train: readonly string[]; readonly test: readonly string[] },
  split: Split,
  key: Key,
): Dataset["patients"] => {
  const problems: Problem[] = []
  const everyone = [...groups.train, ...groups.test]
  const twice = everyone.filter((patient, i) => everyone.indexOf(patient) !== i)
  if (twice.length > 0)
    problems.push({
      message: "patients are there twice",
      path: "load.source",
      found: [...new Set(twice)].join(", "),
    })
  problems.push(...splitFaults(split, { train: groups.train.length, test: groups.test.length }))
  if (problems.length > 0) throw new Failure("data", problems)
  const drawn = (patient: string) => key.child("patient", patient).draws().uniform()
  const shuffled = [...groups.train].sort((a, b) => drawn(a) - drawn(b))
  const validation = new Set(shuffled.slice(0, split.validation))
  const left = shuffled.slice(split.validation)
  const train = new Set(split.train === "all" ? left : left.slice(0, split.train))
  const tested = [...groups.test].sort((a, b) => drawn(a) - drawn(b))
  const test = new Set(split.test === "all" ? tested : tested.slice(0, split.test))
  return {
    train: groups.train.filter((patient) => train.has(patient)),
    validation: groups.train.filter((patient) => validation.has(patient)),
    test: groups.test.filter((patient) => test.has(patient)),
  }
}
