import type { Hd95Convention, MetricName } from "../../metrics/scores.ts"
import type { Analysis } from "./analysis.ts"
import { listed, metricName } from "./number.ts"

const conventions: Readonly<Record<Hd95Convention, string>> = {
  pooled:
    "convention “pooled” (as medpy): 95th percentile (linear interpolation) of the distances between the two borders, those of both directions pooled. Other programs take the larger of the two directions: such values do not compare",
  "max-directed":
    "convention “max-directed” (as MONAI): 95th percentile (linear interpolation) of the distances from one border to the other, the larger of the two directions. Other programs pool the directions: such values do not compare",
  contour:
    "convention “contour” (as google-deepmind/surface-distance): the distance that 95 % of a contour's length keeps to the other contour, the larger of the two directions. Other programs count border pixels: such values do not compare",
}

type Definition = (analysis: Analysis) => string

const definitions: Readonly<Record<MetricName, Definition>> = {
  dice: () => "2 |A ∩ B| / (|A| + |B|); 1 is best.",
  iou: () => "|A ∩ B| / |A ∪ B|; 1 is best.",
  precision: () => "share of the predicted mask that lies in the expert's; 1 is best.",
  recall: () => "share of the expert's mask that was predicted; 1 is best.",
  hd: () => "largest distance from one border to the other, either way, in mm; 0 is best.",
  hd95: (analysis) =>
    analysis.conventions.length === 0
      ? "nothing was scored."
      : `${analysis.conventions.map((one) => conventions[one]).join("; ")}. In mm; 0 is best.`,
  assd: () => "mean distance between the borders, both directions pooled, in mm; 0 is best.",
  nsd: ({ tolerancesMm }) =>
    tolerancesMm.length === 0
      ? "nothing was scored."
      : `share of the two contours' length that lies within ${listed(tolerancesMm.map(String))} mm of the other contour; 1 is best.`,
}

/** Names of the metrics of the report, with how each was computed. */
export const metricDefinitions = (analysis: Analysis): (readonly [string, string])[] =>
  analysis.metrics.map((metric) => [metricName[metric], definitions[metric](analysis)])
