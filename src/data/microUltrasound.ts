import { createHash } from "node:crypto"
import { Failure, failure, type Problem } from "../failure/failure.ts"
import type { CaseFiles } from "./caseFiles.ts"
import { type Agreement, checkedPatient } from "./checkedPatient.ts"
import { fileDigests } from "./fileDigests.ts"
import { type Group, microUltrasoundFiles } from "./microUltrasoundFiles.ts"
import type { Source } from "./source.ts"

export interface MicroUltrasoundOptions {
  readonly folder: string
  /** Numbers of patients that must be there; the published 55 and 20 unless given. */
  readonly expect?: Readonly<Record<Group, number>>
  readonly agreement?: Agreement
  /** Where digests of files are remembered, so that hashing 75 patients again is quick. */
  readonly digestCache?: string
}

/** Micro-ultrasound of the prostate in the layout published as Zenodo record 10475293 (Jiang et al. 2024): one
 *  volume per patient; training patients with an expert's masks and a graduate student's, test patients with the
 *  expert's and those of a master's student, a medical student and a clinician. */
export const microUltrasound = (options: MicroUltrasoundOptions): Source => {
  const { folder, expect = { train: 55, test: 20 }, agreement = "geometry", digestCache } = options
  let listed: Promise<readonly CaseFiles[]> | undefined
  // A failure is not kept: the files may be there the next time.
  const inventory = (): Promise<readonly CaseFiles[]> => {
    listed ??= microUltrasoundFiles(folder, expect).catch((error: unknown) => {
      listed = undefined
      throw error
    })
    return listed
  }
  return {
    description: `micro-ultrasound of the prostate (Zenodo record 10475293), ${expect.train} + ${expect.test} patients, in ${folder}`,
    cases: async () => (await inventory()).map(({ id, patient, group }) => ({ id, patient, group })),
    read: async (caseId) => {
      const files = (await inventory()).find(({ id }) => id === caseId)
      if (files === undefined) throw failure("data", { message: `there is no case ${caseId}`, file: folder })
      return checkedPatient(files, agreement)
    },
    fingerprint: async () => fingerprintOf(await inventory(), digestCache),
  }
}

/** Digest of who is in which group and of the content of every file. The same image under two names would leak
 *  from one split into another, so it is a problem. */
const fingerprintOf = async (
  inventory: readonly CaseFiles[],
  digestCache: string | undefined,
): Promise<string> => {
  const digests = fileDigests(digestCache)
  const hash = createHash("sha256")
  const seen = new Map<string, string>()
  const problems: Problem[] = []
  for (const one of inventory)
    for (const [role, file] of filesOf(one)) {
      const digest = await digests.of(file).catch((error: Error) => {
        problems.push({
          message: "the file cannot be read",
          file,
          path: `case ${one.id}`,
          found: error.message,
        })
        return ""
      })
      hash.update(`${JSON.stringify([one.group, one.id, role])} ${digest}\n`)
      const twin = role === "image" && digest !== "" ? seen.get(digest) : undefined
      if (twin !== undefined)
        problems.push({
          message: "two patients have the same image",
          file,
          found: `the same bytes as ${twin}`,
          fix: "remove one of them: a patient in two splits makes the test worthless",
        })
      if (role === "image") seen.set(digest, file)
    }
  await digests.save()
  if (problems.length > 0) throw new Failure("data", problems)
  return hash.digest("hex")
}

const filesOf = ({ image, expert, second, annotators }: CaseFiles): [role: string, file: string][] => [
  ["image", image],
  ["expert", expert],
  ...(second === undefined ? [] : [["second", second] as [string, string]]),
  ...Object.entries(annotators),
]
