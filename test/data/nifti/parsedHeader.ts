import { expect } from "vitest"
import { parseHeader } from "../../../src/data/nifti/header.ts"
import { refusal } from "../support/refusal.ts"
import { type Fields, niftiBytes } from "./niftiBytes.ts"

/** The header of a file with these fields, which is called so. */
export const file = "a.nii"
export const parse = (fields: Partial<Fields>, channel: number | null = null) =>
  parseHeader(niftiBytes(fields), file, channel)

/** What is said of a header that is refused. */
export const problemsOf = async (fields: Partial<Fields>, channel: number | null = null) => {
  const { kind, problems } = await refusal(() => parse(fields, channel))
  expect(kind).toBe("data")
  return problems
}

export const rewrite = "export the file again: its header is damaged, or was written by a faulty program"

export const dim = (...sides: readonly number[]) => ({
  dim: [sides.length, ...sides, ...Array(7 - sides.length).fill(1)],
})
