import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeAll } from "vitest"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { writeNifti } from "../../../src/data/nifti/writeNifti.ts"
import { emptyFolder } from "../support/refusal.ts"

/** 4 x 3 x 2 voxels, 0 to 23. */
export const good = writeNifti({
  geometry: { shape: [4, 3, 2], spacingMm: [1, 2, 3], affine: spacingAffine([1, 2, 3]) },
  datatype: "float32",
  voxels: Float32Array.from({ length: 24 }, (_, i) => i),
})

/** The good file after a change of its header. */
export const changed = (change: (view: DataView) => void): Uint8Array => {
  const bytes = good.slice()
  change(new DataView(bytes.buffer))
  return bytes
}

/** A folder for the tests of a file, and what saves bytes in it under a new name. */
export const useFiles = () => {
  let folder = ""
  let files = 0
  beforeAll(async () => {
    folder = await emptyFolder()
  })
  return {
    folder: () => folder,
    saved: async (bytes: Uint8Array, extension = ".nii"): Promise<string> => {
      const path = join(folder, `${files++}${extension}`)
      await writeFile(path, bytes)
      return path
    },
  }
}
