import { beforeEach, describe, expect, it, vi } from "vitest"
import { borderDistances } from "../../src/metrics/borderDistances.ts"
import { confusion } from "../../src/metrics/confusion.ts"
import { contourDistances } from "../../src/metrics/contourDistances.ts"
import { jointCrop } from "../../src/metrics/jointCrop.ts"
import { scoreMask } from "../../src/metrics/scoreMask.ts"
import { type Hd95Convention, type MetricName, metricNames } from "../../src/metrics/scores.ts"
import { draw } from "../support/masks.ts"
import { defaultScoring } from "../support/scoring.ts"

// As they are, but counted.
vi.mock(import("../../src/metrics/confusion.ts"), async (importOriginal) => ({
  confusion: vi.fn((await importOriginal()).confusion),
}))
vi.mock(import("../../src/metrics/jointCrop.ts"), async (importOriginal) => ({
  jointCrop: vi.fn((await importOriginal()).jointCrop),
}))
vi.mock(import("../../src/metrics/borderDistances.ts"), async (importOriginal) => ({
  borderDistances: vi.fn((await importOriginal()).borderDistances),
}))
vi.mock(import("../../src/metrics/contourDistances.ts"), async (importOriginal) => ({
  contourDistances: vi.fn((await importOriginal()).contourDistances),
}))

const measurements = { confusion, jointCrop, borderDistances, contourDistances }

beforeEach(() => {
  vi.clearAllMocks()
})

/** How often each thing is measured for these metrics. */
const counts = (
  metrics: readonly MetricName[],
  hd95: Hd95Convention = "pooled",
  reference = draw("##.."),
) => {
  scoreMask(draw("#..."), reference, [1, 1], { ...defaultScoring, metrics, hd95 })
  return Object.values(measurements).map((measure) => vi.mocked(measure as () => unknown).mock.calls.length)
}

describe("scoreMask measures", () => {
  it.each([
    ["once for all metrics", metricNames, "pooled", [1, 1, 1, 1]],
    ["pixels alone for overlaps", ["dice", "recall", "iou", "precision"], "pooled", [1, 0, 0, 0]],
    ["borders alone for distances between them", ["hd", "assd", "hd95"], "max-directed", [0, 1, 1, 0]],
    ["contours alone for what lies along them", ["nsd", "hd95"], "contour", [0, 1, 0, 1]],
    ["nothing for no metric", [], "pooled", [0, 0, 0, 0]],
  ] as const)("%s", (_, metrics, hd95, expected) => {
    expect(counts(metrics, hd95)).toEqual(expected)
  })

  it("nothing where a mask is empty", () => {
    expect(counts(metricNames, "pooled", draw("...."))).toEqual([0, 0, 0, 0])
  })
})
