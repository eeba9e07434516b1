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
  const forTraining = split.train === "all" ? 1 : split.train
  if (forTraining + split.validation > groups.train.length)
    problems.push({
      message: "the split asks for more patients than the training group has",
      path: "load.split",
      expected: `train + validation at most ${groups.train.length}`,
      found: `train ${split.train}, validation ${split.validation}`,
      fix: "ask for fewer",
    })
  const forTesting = split.test === "all" ? 1 : split.test
  if (forTesting > groups.test.length)
    problems.push({
      message: "the split asks for more patients than the test group has",
      path: "load.split.test",
      expected: `at most ${groups.test.length}`,
      found: String(split.test),
      fix: "ask for fewer",
    })
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
