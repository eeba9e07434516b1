import { createHash } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { verifiedFolder } from "../../system/verifiedFolder.ts"
import { once } from "../once.ts"
import { microUltrasound } from "../sources/microUltrasound.ts"
import type { Case, Source } from "../sources/source.ts"
import { fileOf, rootName } from "./layout.ts"
import { type PhantomOptions, phantomDefaults, writePhantom } from "./writePhantom.ts"

export { type PhantomOptions, phantomDefaults }

const here = dirname(fileURLToPath(import.meta.url))

/** Digest of the options and of the text of this folder and of the random keys, so that a cache written by an
 *  earlier phantom is never taken for this one's. */
const digestOf = async (options: PhantomOptions): Promise<string> => {
  const hash = createHash("sha256")
  for (const field of ["train", "test", "slices", "rows", "columns", "seed"] as const)
    hash.update(`${field} ${options[field]}\n`)
  const keys = join(
    here,
    "..",
    "..",
    "tensor",
    import.meta.url.endsWith(".ts") ? "randomKey.ts" : "randomKey.js",
  )
  const files = (await readdir(here)).filter((name) => /\.[jt]s$/.test(name)).sort()
  for (const file of [...files.map((name) => join(here, name)), keys]) hash.update(await readFile(file))
  return hash.digest("hex")
}

/** One case per patient, named as the reader of the published layout names it. */
const casesOf = (options: PhantomOptions): readonly Case[] =>
  (["train", "test"] as const).flatMap((group) =>
    Array.from({ length: options[group] }, (_, i) => {
      const id = basename(fileOf("", group, "scan", i + 1), ".nii.gz")
      return { id, patient: id, group }
    }),
  )

/** A made-up dataset in the published layout, as hard as the real one by the measures of
 *  docs/explanation/phantom.md, for trying and testing without the real one. The same options give the same
 *  files. They are written on the first use of `read`, into a folder of their own below
 *  `cacheFolder`, and checked against their digests on the first use in every later process.
 *  `fingerprint` and `cases` write nothing: the options decide every voxel, and every name.
 *  Throws Failure("environment") when the cache cannot be written. */
export const phantomSource = (options: PhantomOptions & { readonly cacheFolder: string }): Source => {
  const digest = once(() => digestOf(options))
  const written = once(async () => {
    const folder = join(options.cacheFolder, (await digest()).slice(0, 16))
    await verifiedFolder(folder, (temporary) => writePhantom(temporary, options))
    return microUltrasound({
      folder: join(folder, rootName),
      expect: { train: options.train, test: options.test },
    })
  })
  return {
    description: `phantom, ${options.train} + ${options.test} patients, ${options.columns} x ${options.rows} pixels, seed ${options.seed}; made up, not measured`,
    fingerprint: async () => `phantom ${await digest()}`,
    cases: async () => casesOf(options),
    read: async (caseId) => (await written()).read(caseId),
  }
}
