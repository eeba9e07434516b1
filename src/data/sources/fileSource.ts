import { failure } from "../../failure/failure.ts"
import { once } from "../once.ts"
import type { CaseFiles } from "./caseFiles.ts"
import { caseFingerprint } from "./caseFingerprint.ts"
import { type CaseOptions, checkedCase } from "./checkedCase.ts"
import type { Source } from "./source.ts"

/** What was found in a folder: the cases, what reading them needs, and what a reader of the report should know. */
export interface Inventory {
  readonly cases: readonly CaseFiles[]
  readonly reading: CaseOptions
  readonly remarks: readonly string[]
}

/** A source whose cases lie in files.
 *  @param list finds them, once; throws Failure("data") with everything that is missing or does not fit
 *  @param digestCache where digests of files are remembered, so that hashing them again is quick */
export const fileSource = (
  description: string,
  list: () => Promise<Inventory>,
  digestCache: string | undefined,
): Source => {
  const inventory = once(list)
  return {
    description,
    cases: async () => (await inventory()).cases.map(({ id, patient, group }) => ({ id, patient, group })),
    read: async (caseId) => {
      const { cases, reading } = await inventory()
      const files = cases.find(({ id }) => id === caseId)
      if (files === undefined) throw failure("data", { message: `there is no case ${caseId}` })
      return checkedCase(files, reading)
    },
    fingerprint: async () => {
      const { cases, reading } = await inventory()
      return caseFingerprint(cases, reading, digestCache)
    },
    foreground: async () => (await inventory()).reading.foreground,
    remarks: async () => (await inventory()).remarks,
  }
}
