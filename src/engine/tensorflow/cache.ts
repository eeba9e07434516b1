import { existsSync, readFileSync, statSync } from "node:fs"
import { homedir } from "node:os"
import { basename, join } from "node:path"
import { tensorflowWheel, type Wheel } from "./wheel.ts"

/** Written last into the cache folder: with it, and only with it, the folder counts. */
export const markerName = "installed.json"

/** Where `losslab setup-tensorflow` puts the libraries: one folder per version, shared by all checkouts. */
export const cacheFolder = (environment: NodeJS.ProcessEnv, wheel: Wheel = tensorflowWheel): string => {
  const home = environment.HOME ?? homedir()
  const root = environment.XDG_CACHE_HOME || join(home, ".cache")
  return join(root, "losslab", `tensorflow-${wheel.version}-linux-x86_64`)
}

/** Why the cache folder cannot be used, or null when it can. Reads the marker and the files' sizes only: the
 *  hashes were checked before the marker was written, and hashing 850 MB would take seconds at every start. */
export const cacheDefect = (folder: string, wheel: Wheel = tensorflowWheel): string | null => {
  if (!existsSync(folder)) return "not installed"
  const marker = join(folder, markerName)
  if (!existsSync(marker)) return `${marker} is missing: the installation did not finish`
  if (readFileSync(marker, "utf8") !== markerText(wheel)) return `${marker} belongs to another build`
  for (const member of wheel.members) {
    const file = join(folder, basename(member.path))
    const found = statSync(file, { throwIfNoEntry: false })?.size
    if (found === undefined) return `${file} is missing`
    if (found !== member.bytes) return `${file} has ${found} bytes instead of ${member.bytes}`
  }
  return null
}

export const markerText = (wheel: Wheel): string =>
  `${JSON.stringify({ wheel: wheel.fileName, sha256: wheel.sha256, members: wheel.members }, null, 2)}\n`
