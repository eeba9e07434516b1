import { describe, expect, it } from "vitest"
import { spacingRemarks } from "../../../src/data/sources/spacingRemarks.ts"
import { refusal } from "../support/refusal.ts"

const cases = (...images: readonly string[]) =>
  images.map((image, i) => ({
    ...{ id: String(i), patient: String(i), group: null, image, expert: "mask.nii", annotators: {} },
  }))

describe("spacingRemarks", () => {
  it("has nothing to say of NIfTI, nor of PNG whose spacing is given", () => {
    expect(spacingRemarks(cases("a.nii", "b.nii.gz"), null)).toEqual([])
    expect(spacingRemarks(cases("a.png"), [1, 2])).toEqual([])
    expect(spacingRemarks(cases("a.png", "b.nii"), [1, 2])).toEqual([])
    expect(spacingRemarks([], null)).toEqual([])
  })

  it("remarks that distances are in pixels where no image has a spacing", () => {
    expect(spacingRemarks(cases("a.png", "b.png"), null)).toEqual([
      "The images say no spacing: distances are in pixels, not in mm.",
    ])
  })

  it("refuses a spacing that no image needs, and images of which only some have one", async () => {
    const refused = async (...[images, spacing]: Parameters<typeof spacingRemarks>) => {
      const { kind, problems } = await refusal(() => spacingRemarks(images, spacing))
      expect(kind).toBe("data")
      return problems
    }
    expect(await refused(cases("a.nii"), [1, 1])).toEqual([
      {
        path: "load.source.spacingMm",
        message: "a spacing is given, and no image is PNG",
        found: "NIfTI images, which have a spacing of their own",
        fix: "remove spacingMm; if the spacing in the files is false, mend it with nibabel: image.header.set_zooms(...)",
      },
    ])
    expect(await refused(cases("a.png", "b.nii", "c.nii"), null)).toEqual([
      {
        path: "load.source.spacingMm",
        message: "some images have a spacing and others none",
        found: "1 PNG and 2 NIfTI images",
        fix: "give the spacing of the PNG images, [row, column] in mm",
      },
    ])
  })
})
