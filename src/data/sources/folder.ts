import type { CaseOptions } from "./checkedCase.ts"
import { fileSource } from "./fileSource.ts"
import { type FolderLayout, folderCases } from "./folderCases.ts"
import type { Source } from "./source.ts"
import { spacingRemarks } from "./spacingRemarks.ts"

export type FolderOptions = FolderLayout & Omit<CaseOptions, "declared">

/** A folder of images and one of masks, NIfTI or PNG, 2-D or 3-D, paired by the case's name.
 *  @param digestCache where digests of files are remembered, so that hashing them again is quick */
export const folder = (options: FolderOptions, digestCache?: string): Source =>
  fileSource(
    `images in ${options.images}, masks in ${options.masks}`,
    async () => {
      const { cases, remarks } = await folderCases(options)
      return { cases, reading: options, remarks: [...remarks, ...spacingRemarks(cases, options.spacingMm)] }
    },
    digestCache,
  )
