import { join, relative } from "node:path"
import type { PlannedCell } from "../../sweep/plan.ts"
import { profileFile, readProfile } from "../../sweep/profileFile.ts"
import { profileText } from "./profileText.ts"

/** Tells of each cell where its profile lies and what it says, or that there is none and how to get one.
 *  @param cells those that did not fail */
export const tellProfiles = async (
  runFolder: string,
  cells: readonly PlannedCell[],
  write: (text: string) => void,
): Promise<void> => {
  const without: string[] = []
  for (const { label, folder } of cells) {
    const profile = await readProfile(join(runFolder, folder))
    if (profile === undefined) without.push(label)
    else {
      const file = relative(process.cwd(), profileFile(join(runFolder, folder)))
      write(`\n${label}  profile: ${file}\n\n${profileText(profile)}`)
    }
  }
  if (without.length > 0)
    write(
      `\nnothing was profiled of ${without.join(", ")}: the results were there before, and nothing was computed\n` +
        "  fix: profile a run that begins anew: LOSSLAB_STORE=<empty folder>, and --out <another folder>\n",
    )
}
