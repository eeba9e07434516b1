import type { MetricName } from "../../src/metrics/scores.ts"
import fixture from "../fixtures/metrics.json" with { type: "json" }
import { referenceDisc, wrongDiscs } from "./discs.ts"
import { unpack } from "./masks.ts"
import { measure } from "./measure.ts"

/** A number that another program gave for two masks, and losslab's. */
export interface Parity {
  readonly tool: "medpy" | "MONAI" | "surface-distance"
  readonly metric: MetricName
  readonly dimensions: number
  readonly theirs: number
  readonly ours: number | null
}

type Scores = (typeof fixture.cases)[number] | (typeof fixture.discs)["moved"]

const pairs = [
  ...fixture.cases.map((one) => ({
    a: unpack(one.shape, one.prediction),
    b: unpack(one.shape, one.reference),
    spacingMm: one.spacingMm,
    scores: one as Scores,
  })),
  ...(["moved", "bar", "speck", "cut"] as const).map((name) => ({
    a: wrongDiscs[name],
    b: referenceDisc,
    spacingMm: [1, 1],
    scores: fixture.discs[name] as Scores,
  })),
]

/** What every tool said about every pair of masks of test/fixtures/metrics.json, beside losslab's own numbers. */
export const parities = (): readonly Parity[] =>
  pairs.flatMap(({ a, b, spacingMm, scores: { medpy, monai, surfaceDistance } }) => {
    const row = (
      tool: Parity["tool"],
      metric: MetricName,
      theirs: number,
      options: Parameters<typeof measure>[4] = {},
    ): Parity => ({
      tool,
      metric,
      dimensions: a.shape.length,
      theirs,
      // An empty mask is scored as the tools do it where they do.
      ours: measure(metric, a, b, spacingMm, { empty: "undefined", ...options }),
    })
    return [
      ...Object.entries(medpy).map(([metric, value]) => row("medpy", metric as MetricName, value)),
      ...Object.entries(monai).map(([metric, value]) =>
        row("MONAI", metric as MetricName, value, { hd95: "max-directed" }),
      ),
      ...("hd95" in surfaceDistance
        ? [row("surface-distance", "hd95", surfaceDistance.hd95!, { hd95: "contour" })]
        : []),
      ...surfaceDistance.nsd.map(([toleranceMm, value]) =>
        row("surface-distance", "nsd", value!, { toleranceMm: toleranceMm! }),
      ),
    ]
  })

export const peerVersions = fixture.versions

/** |ours - theirs| as a share of the larger one; 0 where both are 0, infinite where ours is undefined. */
export const relativeDifference = ({ ours, theirs }: Parity): number =>
  ours === null
    ? Number.POSITIVE_INFINITY
    : Math.abs(ours - theirs) / Math.max(Math.abs(ours), Math.abs(theirs), Number.MIN_VALUE)
