import { Failure, type Problem } from "../failure/failure.ts"
import type { CaseFiles } from "./caseFiles.ts"
import type { CaseOptions } from "./checkedCase.ts"
import { fileSource } from "./fileSource.ts"
import { type FolderLayout, folderCases } from "./folderCases.ts"
import type { Source } from "./source.ts"

export type FolderOptions = FolderLayout & CaseOptions

/** A folder of images and one of masks, NIfTI or PNG, 2-D or 3-D, paired by the case's name.
 *  @param digestCache where digests of files are remembered, so that hashing them again is quick */
export const folder = (options: FolderOptions, digestCache?: string): Source =>
  fileSource(
    `images in ${options.images}, masks in ${options.masks}`,
    async () => {
      const { cases, remarks } = await folderCases(options)
      return { cases, reading: options, remarks: [...remarks, ...pixelRemarks(cases, options.spacingMm)] }
    },
    digestCache,
  )

/** PNG says no spacing: without one all distances are in pixels. Throws Failure("data") when some images would be
 *  measured in pixels and others in mm, or a spacing is given for none. */
const pixelRemarks = (cases: readonly CaseFiles[], spacingMm: FolderOptions["spacingMm"]): string[] => {
  const count = cases.filter(({ image }) => image.endsWith(".png")).length
  const refuse = (problem: Omit<Problem, "path">) =>
    new Failure("data", [{ path: "load.source.spacingMm", ...problem }])
  if (spacingMm !== null && count === 0)
    throw refuse({
      message: "a spacing is given, and no image is PNG",
      found: "NIfTI images, which have a spacing of their own",
      fix: "remove spacingMm; if the spacing in the files is false, mend it with nibabel: image.header.set_zooms(...)",
    })
  if (spacingMm !== null || count === 0) return []
  if (count < cases.length)
    throw refuse({
      message: "some images have a spacing and others none",
      found: `${count} PNG and ${cases.length - count} NIfTI images`,
      fix: "give the spacing of the PNG images, [row, column] in mm",
    })
  return ["The images say no spacing: distances are in pixels, not in mm."]
}
