import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { report } from "../stages/report.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"
import { collectReport } from "./collectReport.ts"
import type { Plan } from "./plan.ts"

/** Builds report/ of a run directory from its cells and the store. */
export const writeReport = async (runFolder: string, plan: Plan): Promise<void> => {
  const folder = join(runFolder, "report")
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(report(await collectReport(runFolder, plan))))
    await writeFileAtomic(join(folder, name), content)
}
