import { describe, expect, it } from "vitest"
import { surfaceElementSizes } from "../../src/metrics/surfaceElements.ts"
import fixture from "../fixtures/metrics.json" with { type: "json" }
import { expectClose } from "../support/close.ts"
import { parities, peerVersions, relativeDifference } from "../support/peers.ts"

// The numbers come from test/fixtures/make/metrics.py.
const all = parities()

describe.each([
  { tool: "medpy", version: peerVersions.medpy, metrics: 7, limit: 1e-12 },
  // float32
  { tool: "MONAI", version: peerVersions.monai, metrics: 2, limit: 1e-6 },
  { tool: "surface-distance", version: peerVersions["surface-distance"], metrics: 2, limit: 1e-12 },
])("metrics against $tool $version", ({ tool, metrics, limit }) => {
  const own = all.filter((one) => one.tool === tool)

  it.each([2, 3])("agree in %i dimensions", (dimensions) => {
    const here = own.filter((one) => one.dimensions === dimensions)
    expect(new Set(here.map(({ metric }) => metric)).size).toBe(metrics)
    expect(here.length).toBeGreaterThan(40 * metrics)
    expect(here.filter((one) => !(relativeDifference(one) <= limit))).toEqual([])
  })
})

describe("surfaceElementSizes", () => {
  it.each(fixture.surfaceElements)(
    "are surface-distance's for every neighbourhood",
    ({ spacingMm, sizes }) => {
      expectClose(surfaceElementSizes(spacingMm), sizes, { relative: 1e-14 })
    },
  )
})
