import { createHash, randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
import { open, readdir, readFile, rename, rm, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { pipeline } from "node:stream/promises"
import { failure } from "../failure/failure.ts"
import { systemError } from "../failure/systemError.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"
import { makeFolder } from "../system/makeFolder.ts"
import { setAside } from "../system/setAside.ts"

/** Finished artefacts by stage and key. A folder counts only when its manifest, written last, is there. */
export interface Store {
  /** The artefact's folder, after every file in it was checked against the manifest; undefined when absent.
   *  A damaged artefact is set aside (`<key>.corrupt-1`) and counts as absent; `warn` hears of it. */
  find(stage: string, key: string): Promise<string | undefined>
  /** Whether a finished artefact is there, without checking its bytes. */
  has(stage: string, key: string): Promise<boolean>
  /** Fills a new folder and publishes it whole. When another process was faster, its folder wins. */
  publish(stage: string, key: string, fill: (folder: string) => Promise<void>): Promise<string>
  /** Where work in progress under a key may keep a checkpoint; removed by publish. */
  scratch(stage: string, key: string): string
}

interface Manifest {
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
}

const digestOf = async (file: string): Promise<string> => {
  const hash = createHash("sha256")
  await pipeline(createReadStream(file), hash)
  return hash.digest("hex")
}

const filesBelow = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name).slice(folder.length + 1))
    .sort()

const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const damageOf = async (folder: string): Promise<string | undefined> => {
  try {
    const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Manifest
    for (const [name, expected] of Object.entries(manifest.files)) {
      const file = join(folder, name)
      if ((await stat(file)).size !== expected.bytes) return `${name} has the wrong size`
      if ((await digestOf(file)) !== expected.sha256) return `${name} does not match its checksum`
    }
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Renames a finished folder into place. A faster twin's finished folder stays; a leftover without a manifest,
 *  which counts for nothing, makes way. */
const settle = async (from: string, to: string, isFinished: () => Promise<boolean>): Promise<void> => {
  for (;;) {
    try {
      return await rename(from, to)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error
      if (await isFinished()) return
      await rm(to, { recursive: true, force: true })
    }
  }
}

/** An error of the system as the store's; any other as it is. */
const unwritable = (root: string, error: unknown): unknown => {
  const known = systemError(error)
  if (known === undefined) return error
  const { message: found, fix } = known
  return failure("environment", { message: "the store cannot be written", file: root, found, fix }, error)
}

/** @param root `.losslab/store`   @param warn hears of every damaged artefact */
export const openStore = (root: string, warn: (message: string) => void): Store => {
  const folderOf = (stage: string, key: string) => join(root, stage, key)
  const has = (stage: string, key: string) => exists(join(folderOf(stage, key), "manifest.json"))
  const scratch = (stage: string, key: string) => join(root, stage, `${key}.partial`)
  return {
    has,
    scratch,
    find: async (stage, key) => {
      if (!(await has(stage, key))) return undefined
      const folder = folderOf(stage, key)
      const damage = await damageOf(folder)
      if (damage === undefined) return folder
      warn(
        `the stored ${stage} ${key.slice(0, 8)} is damaged (${damage}); it was set aside as ${await setAside(folder)} and is made again`,
      )
      return undefined
    },
    publish: async (stage, key, fill) => {
      const folder = folderOf(stage, key)
      const temporary = join(root, stage, `.${key}.${randomUUID()}.tmp`)
      try {
        await makeFolder(temporary)
        await fill(temporary)
        const files: Record<string, { bytes: number; sha256: string }> = {}
        for (const name of await filesBelow(temporary)) {
          const file = join(temporary, name)
          files[name] = { bytes: (await stat(file)).size, sha256: await digestOf(file) }
          await syncPath(file)
        }
        await writeFileAtomic(join(temporary, "manifest.json"), `${JSON.stringify({ files }, null, 2)}\n`)
        await settle(temporary, folder, () => has(stage, key))
        await syncPath(dirname(folder))
      } catch (error) {
        throw unwritable(root, error)
      } finally {
        // Below a file there is nothing to remove; that it is one has been told.
        await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
      }
      await rm(scratch(stage, key), { recursive: true, force: true })
      return folder
    },
  }
}
