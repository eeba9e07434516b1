import { failure, type Problem } from "../../failure/failure.ts"
import type { ReadOptions } from "../files/readVolume.ts"
import type { CaseFiles } from "./caseFiles.ts"

/** PNG says no spacing: without one all distances are in pixels, which the report must say. Throws Failure("data")
 *  when some images would be measured in pixels and others in mm, or a spacing is given for none. */
export const spacingRemarks = (
  cases: readonly CaseFiles[],
  spacingMm: Required<ReadOptions>["spacingMm"],
): readonly string[] => {
  const count = cases.filter(({ image }) => image.endsWith(".png")).length
  const refuse = (problem: Problem) => failure("data", { path: "load.source.spacingMm", ...problem })
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
