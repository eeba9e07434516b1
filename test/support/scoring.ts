import type { ScoreOptions } from "../../src/metrics/scoreMask.ts"

/** What an experiment that says nothing about scoring gets. */
export const defaultScoring: ScoreOptions = {
  metrics: ["dice", "iou", "precision", "recall", "hd95"],
  empty: "skip",
  hd95: "pooled",
  toleranceMm: 2,
}
