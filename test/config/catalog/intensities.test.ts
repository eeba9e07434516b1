import { fc, test as property } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { buildIntensity, intensityCatalog } from "../../../src/config/catalog/intensities.ts"
import type { PartSpec } from "../../../src/config/catalog/part.ts"
import { sumOf } from "../../../src/config/catalog/sumOf.ts"
import { arbitraryOf } from "../../../src/config/language/arbitrary.ts"

import { decode } from "../../../src/config/language/decode.ts"
import { locatedYaml } from "../locatedYaml.ts"

const description = sumOf("intensity rule", "A rule.", intensityCatalog)

const decoded = (text: string) => decode(description, locatedYaml(text), new Map([["a.yaml", text]]))

describe("the intensity rules of the catalogue", () => {
  it("fill in the percentiles that are usual", () => {
    expect(decoded("kind: percentile\n")).toMatchObject({ right: { low: 0.5, high: 99.5 } })
  })

  it("refuse an empty range and a window without its place", () => {
    expect(decoded("kind: percentile\nlow: 99\nhigh: 1\n")).toMatchObject({
      left: [{ path: "high", line: 3 }],
    })
    expect(decoded("kind: window\nwidth: 0\n")).toMatchObject({
      left: [{ path: "level" }, { path: "width" }],
    })
  })

  property.prop([arbitraryOf(description), fc.array(fc.integer(), { minLength: 1 })])(
    "make finite numbers, one per voxel, and leave the volume alone",
    (spec, values) => {
      const voxels = Float32Array.from(values)
      const before = voxels.slice()
      const input = buildIntensity(spec as PartSpec).value(voxels)
      expect(voxels).toEqual(before)
      expect(input).toHaveLength(voxels.length)
      expect(input.every(Number.isFinite)).toBe(true)
    },
  )
})
