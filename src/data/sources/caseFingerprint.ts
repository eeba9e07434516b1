import { createHash } from "node:crypto"
import { Failure, type Problem } from "../../failure/failure.ts"
import { reasonOf } from "../../failure/systemError.ts"
import { fileDigests } from "../files/fileDigests.ts"
import type { CaseFiles } from "./caseFiles.ts"
import type { CaseOptions } from "./checkedCase.ts"

/** Digest of which case is whose, in which group, of the content of every file, and of what its values mean, which
 *  may be written beside the files: dataset.json says which labels are which. Throws Failure("data") when
 *  files cannot be read, or when the same image is there for two patients: it would leak from one split into another.
 *  @param digestCache where digests of files are remembered, so that hashing them again is quick */
export const caseFingerprint = async (
  cases: readonly CaseFiles[],
  { foreground, declared, channel }: Pick<CaseOptions, "foreground" | "declared" | "channel">,
  digestCache: string | undefined,
): Promise<string> => {
  const digests = fileDigests(digestCache)
  const hash = createHash("sha256").update(`${JSON.stringify([foreground, declared, channel])}\n`)
  const seen = new Map<string, CaseFiles>()
  const problems: Problem[] = []
  for (const one of cases)
    for (const [role, file] of filesOf(one)) {
      const path = `case ${one.id}`
      const digest = await digests.of(file).catch((error: Error) => {
        problems.push({
          message: "the file cannot be read",
          file,
          path,
          found: reasonOf(error),
          fix: "name a file that you may read",
        })
        return null
      })
      hash.update(`${JSON.stringify([one.group, one.patient, one.id, role])} ${digest}\n`)
      if (role !== "image" || digest === null) continue
      const twin = seen.get(digest)
      if (twin !== undefined && twin.patient !== one.patient)
        problems.push({
          message: "two patients have the same image",
          file,
          path,
          found: `the same bytes as ${twin.image}`,
          fix: "remove one of them, or say that they are of one patient: in two splits they make the test worthless",
        })
      seen.set(digest, one)
    }
  await digests.save()
  if (problems.length > 0) throw new Failure("data", problems)
  return hash.digest("hex")
}

const filesOf = ({ image, expert, second, annotators }: CaseFiles): [role: string, file: string][] => [
  ["image", image],
  ["expert", expert],
  ...(second === undefined ? [] : [["second", second] as [string, string]]),
  ...Object.entries(annotators).map(([name, file]) => [`annotator ${name}`, file] as [string, string]),
]
