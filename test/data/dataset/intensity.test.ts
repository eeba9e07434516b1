import { readFile } from "node:fs/promises"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { percentile, scale, window, zscore } from "../../../src/data/dataset/intensity.ts"
import { expectClose } from "../../support/close.ts"

const numpy = JSON.parse(
  await readFile(new URL("../../fixtures/intensity.json", import.meta.url), "utf8"),
) as Readonly<Record<"voxels" | "zscore" | "percentile" | "window", readonly number[]>>

describe("scale", () => {
  it("maps low to 0 and high to 1", () => {
    expect([...scale({ low: -100, high: 300 })(Float32Array.of(-100, 0, 100, 300))]).toEqual([
      0, 0.25, 0.5, 1,
    ])
  })

  it("clamps what lies outside, and 255 under the division by 254", () => {
    expect([...scale({ low: 0, high: 254 })(Float32Array.of(-1, 127, 254, 255))]).toEqual([0, 0.5, 1, 1])
  })

  it("leaves its input alone", () => {
    const voxels = Float32Array.of(127)
    scale({ low: 0, high: 254 })(voxels)
    expect(voxels[0]).toBe(127)
  })
})

describe("zscore", () => {
  it("gives mean 0 and standard deviation 1, by hand", () => {
    // Mean 5, deviations 3, 1, 1, 1, 0, 0, 2, 4: the mean of their squares is 4.
    expect([...zscore()(Float32Array.of(2, 4, 4, 4, 5, 5, 7, 9))]).toEqual([
      -1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2,
    ])
  })

  it("gives 0 where all are the same", () => {
    expect([...zscore()(Float32Array.of(7, 7))]).toEqual([0, 0])
  })

  it("gives numpy's numbers", () => {
    expectClose(zscore()(Float32Array.from(numpy.voxels)), numpy.zscore, { relative: 1e-6, absolute: 1e-6 })
  })

  const voxels = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2 })
  test.prop([voxels, fc.integer({ min: 1, max: 20 }), fc.integer({ min: -99, max: 99 })])(
    "does not see the scanner's gain and offset",
    (values, gain, offset) => {
      const rescaled = zscore()(Float32Array.from(values, (x) => gain * x + offset))
      expectClose(rescaled, zscore()(Float32Array.from(values)), { absolute: 1e-4 })
    },
  )
})

describe("percentile", () => {
  it("maps the percentiles to 0 and 1, by hand", () => {
    // Of 0, 10, 20, 30, 40 the 12.5th percentile is 5 and the 75th 30.
    expect([...percentile({ low: 12.5, high: 75 })(Float32Array.of(40, 0, 10, 20, 30))]).toEqual([
      1,
      0,
      Math.fround(0.2),
      Math.fround(0.6),
      1,
    ])
  })

  it("tells what is above from the rest where both percentiles are the same", () => {
    const voxels = new Float32Array(1000)
    voxels[3] = 5
    voxels[4] = -5
    const expected = new Float32Array(1000)
    expected[3] = 1
    expect(percentile({ low: 0.5, high: 99.5 })(voxels)).toEqual(expected)
  })

  it("gives numpy's numbers", () => {
    const rule = percentile({ low: 0.5, high: 99.5 })
    expectClose(rule(Float32Array.from(numpy.voxels)), numpy.percentile, { absolute: 1e-6 })
  })
})

describe("window", () => {
  it("maps the window's edges to 0 and 1 and its level to the middle", () => {
    // Soft tissue in CT: -110 to 190.
    expect([...window({ level: 40, width: 300 })(Float32Array.of(-1000, -110, 40, 190, 1000))]).toEqual([
      0, 0, 0.5, 1, 1,
    ])
  })

  it("gives numpy's numbers", () => {
    const rule = window({ level: 80, width: 120 })
    expectClose(rule(Float32Array.from(numpy.voxels)), numpy.window, { absolute: 1e-6 })
  })
})
