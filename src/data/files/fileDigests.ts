import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { mkdir, readFile, stat } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import { pipeline } from "node:stream/promises"
import { writeFileAtomic } from "../../system/atomicWrite.ts"

/** SHA-256 digests of files, remembered from one process to the next. */
export interface FileDigests {
  /** Throws what the file system throws. */
  of(path: string): Promise<string>
  /** Keeps what was learnt, for the next process. */
  save(): Promise<void>
}

interface Remembered {
  /** Size, times of last change, inode: when they are the same, so is the content. */
  readonly stamp: string
  readonly sha256: string
}

/** @param cacheFile JSON; nothing is remembered without it, and a damaged one is begun anew */
export const fileDigests = (cacheFile?: string): FileDigests => {
  let known: Promise<Map<string, Remembered>> | undefined
  let changed = false
  return {
    of: async (path) => {
      known ??= readCache(cacheFile)
      const cache = await known
      const absolute = resolve(path)
      const stamp = await stampOf(absolute)
      const before = cache.get(absolute)
      if (before?.stamp === stamp) return before.sha256
      const hash = createHash("sha256")
      await pipeline(createReadStream(absolute, { highWaterMark: 2 ** 20 }), hash)
      const sha256 = hash.digest("hex")
      cache.set(absolute, { stamp, sha256 })
      changed = true
      return sha256
    },
    save: async () => {
      if (cacheFile === undefined || known === undefined || !changed) return
      await mkdir(dirname(cacheFile), { recursive: true })
      await writeFileAtomic(cacheFile, JSON.stringify(Object.fromEntries(await known), null, 1))
      changed = false
    },
  }
}

const stampOf = async (path: string): Promise<string> => {
  const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true })
  return `${size} ${mtimeNs} ${ctimeNs} ${ino}`
}

const readCache = async (cacheFile: string | undefined): Promise<Map<string, Remembered>> => {
  if (cacheFile === undefined) return new Map()
  try {
    const entries = Object.entries(
      JSON.parse(await readFile(cacheFile, "utf8")) as Record<string, Remembered>,
    )
    return new Map(
      entries.filter(([, { stamp, sha256 }]) => typeof stamp === "string" && /^[0-9a-f]{64}$/.test(sha256)),
    )
  } catch {
    // Missing, or not what save writes: everything is hashed again.
    return new Map()
  }
}
