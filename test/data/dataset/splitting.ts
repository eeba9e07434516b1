import { expect } from "vitest"
import { type SplitRule, splitCases } from "../../../src/data/dataset/split.ts"
import type { Case } from "../../../src/data/sources/source.ts"
import { refusal } from "../support/refusal.ts"

/** So many patients of a group, of so many cases each. */
export const casesOf = (group: Case["group"], count: number, each = 1): Case[] =>
  Array.from({ length: count * each }, (_, i) => {
    const patient = `${group}_${Math.floor(i / each)}`
    return { id: each === 1 ? patient : `${patient}_${i % each}`, patient, group }
  })
/** The patients of these cases. */
export const named = (cases: readonly Case[]) => [...new Set(cases.map(({ patient }) => patient))]

export const rule = (parts: Partial<SplitRule>): SplitRule => ({
  train: "all",
  validation: 0,
  test: "all",
  seed: 1,
  table: null,
  ...parts,
})

/** The patients of each split. */
export const split = (cases: readonly Case[], parts: Partial<SplitRule>) => {
  const { train, validation, test, unused } = splitCases(cases, rule(parts))
  return { train: named(train), validation: named(validation), test: named(test), unused: named(unused) }
}
export const sizes = ({ train, validation, test }: ReturnType<typeof split>) =>
  [train, validation, test].map(({ length }) => length)

export const problemsOf = async (cases: readonly Case[], parts: Partial<SplitRule>) => {
  const { kind, problems } = await refusal(() => splitCases(cases, rule(parts)))
  expect(kind).toBe("data")
  return problems
}
