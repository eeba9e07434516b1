import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Profile } from "../pipeline/profile/profile.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"

/** Where a cell's profile lies. */
export const profileFile = (folder: string): string => join(folder, "profile.json")

export const writeProfile = (folder: string, profile: Profile): Promise<void> =>
  writeFileAtomic(profileFile(folder), `${JSON.stringify(profile)}\n`)

/** Undefined when the cell has none, or one that cannot be read or is of an older losslab. */
export const readProfile = async (folder: string): Promise<Profile | undefined> => {
  try {
    const profile = JSON.parse(await readFile(profileFile(folder), "utf8")) as Partial<Profile> | null
    return profile?.otherData?.trainingStep === undefined ? undefined : (profile as Profile)
  } catch {
    return undefined // A profile is never needed: the next one takes its place.
  }
}
