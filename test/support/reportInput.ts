import {
  byMetric,
  type MetricValues,
  type PatientScore,
  type Scores,
  type SliceScore,
} from "../../src/metrics/scores.ts"
import type {
  CellOutcome,
  Panel,
  ReferenceRow,
  ReportCell,
  ReportInput,
} from "../../src/stages/reportInput.ts"
import { summarize } from "../../src/statistics/summarize.ts"

/** Fixed noise in [-1, 1] from names and numbers. */
const noise = (...words: readonly (string | number)[]): number => {
  let hash = 2166136261
  for (const character of words.join("/")) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619)
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 31 - 1
}

const names = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `microUS_test_${String(i + 1).padStart(2, "0")}`)

/** Scores around a mean Dice; some patients are hard for everyone, so that pairs are correlated. */
export const scores = (name: string, meanDice: number, patients: number): Scores => {
  const scored = names(patients).map((patient): { patient: PatientScore; slices: SliceScore[] } => {
    const hard = Math.max(0, noise("hard", patient)) * 0.06
    const dice = Math.min(0.999, meanDice - hard + 0.008 * noise(name, patient))
    const values: MetricValues = {
      ...byMetric(() => null),
      dice,
      iou: dice / (2 - dice),
      precision: Math.min(1, dice + 0.01 * noise("p", name, patient)),
      recall: Math.min(1, dice + 0.01 * noise("r", name, patient)),
      hd95: 30 * (1 - dice) + 0.4 * Math.abs(noise("h", name, patient)),
    }
    return {
      patient: {
        patient,
        slices: 6,
        scored: 5,
        missed: 0,
        falseAlarms: noise(name, patient) > 0.5 ? 1 : 0,
        values,
      },
      slices: [0, 1, 2, 3, 4, 5].map((slice) =>
        slice === 5
          ? { patient, case: patient, slice, outcome: "bothEmpty", values: byMetric(() => null) }
          : { patient, case: patient, slice, outcome: "scored", values },
      ),
    }
  })
  return scoresOf(
    scored.map(({ patient }) => patient),
    scored.flatMap(({ slices }) => slices),
  )
}

/** Scores with these patients, and their summary. */
export const scoresOf = (patients: readonly PatientScore[], slices: readonly SliceScore[] = []): Scores => ({
  empty: "skip",
  hd95: "pooled",
  toleranceMm: 2,
  slices,
  patients,
  summary: byMetric((metric) =>
    summarize(patients.map(({ values }) => values[metric]).filter((value) => value !== null)),
  ),
  missed: patients.reduce((sum, { missed }) => sum + missed, 0),
  falseAlarms: patients.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0),
})

export const done = (
  name: string,
  meanDice: number,
  { scale = 1, patients = 20, epochs = 10 }: { scale?: number; patients?: number; epochs?: number } = {},
): CellOutcome => ({
  tag: "done",
  history: {
    epochs: Array.from({ length: epochs }, (_, i) => ({
      epoch: i + 1,
      loss: scale * (0.2 + Math.exp(-i / 2.5)) * (1 + 0.03 * noise("loss", name, i)),
      validationDice: meanDice - 0.35 * Math.exp(-i / 1.5) + 0.01 * noise("val", name, i),
      learningRate: 0.01 * (1 - i / epochs) ** 0.9,
      imagesPerSecond: 60,
      waitingShare: 0.01,
      elapsedSeconds: 12 * (i + 1),
    })),
    keptEpoch: epochs,
    gradientNormAtStart: scale * (1.4 + 0.2 * noise("norm", name)),
    parameterCount: 482_113,
  },
  scores: scores(name, meanDice, patients),
  seconds: 130.4,
  peakRssBytes: 1.3e9,
})

export const cell = (
  method: string,
  seed: string | null,
  outcome: CellOutcome,
  loss = `{"kind":"${method}"}`,
): ReportCell => {
  const label = seed === null ? method : `${method} seed=${seed}`
  const key = Array.from({ length: 64 }, (_, i) =>
    Math.floor((noise(label, i) + 1) * 7.99).toString(16),
  ).join("")
  return {
    label,
    key,
    factors: seed === null ? { loss: method } : { loss: method, seed },
    blocks: seed === null ? [] : ["seed"],
    method,
    folder: `cells/${label.replaceAll(/[^\w]+/g, "-")}-${key.slice(0, 8)}`,
    command: "losslab cell --plan plan.json --index 0",
    loss,
    outcome,
  }
}

export const reference = (name: string, meanDice: number, patients = 20): ReferenceRow => ({
  name,
  scores: scores(name, meanDice, patients),
})

/** A wobbly ellipse, 0 or 1. */
const blob = (rows: number, columns: number, name: string, size: number, wobble: number): Uint8Array => {
  const waves = [2, 3, 5].map((k) => ({ k, phase: 3 * noise(name, k) }))
  return Uint8Array.from({ length: rows * columns }, (_, i) => {
    const y = (Math.floor(i / columns) / rows - 0.52) / (size * 0.72)
    const x = ((i % columns) / columns - 0.5) / size
    const angle = Math.atan2(y, x)
    const edge = waves.reduce((sum, { k, phase }) => sum + (wobble / k) * Math.cos(k * angle + phase), 1)
    return Math.hypot(x, y) < edge ? 1 : 0
  })
}

/** A slice of a made-up gland with predictions of these cells. */
export const panel = (
  which: Panel["which"],
  labels: readonly string[],
  { rows = 48, columns = 69, imageSize = 32 }: { rows?: number; columns?: number; imageSize?: number } = {},
): Panel => {
  const wobble = { best: 0.02, median: 0.06, worst: 0.2 }[which]
  const gland = blob(imageSize, imageSize, "expert", 0.3, 0.05)
  return {
    which,
    metric: "dice",
    case: "microUS_test_09",
    slice: 17,
    rows,
    columns,
    spacingMm: [0.672, 0.672],
    image: {
      rows: imageSize,
      columns: imageSize,
      data: gland.map((inside, i) => 90 + 40 * noise("speckle", i) - 30 * inside),
    },
    expert: blob(rows, columns, "expert", 0.3, 0.05),
    annotators: ["master student", "clinician"].map((name) => ({
      name,
      mask: blob(rows, columns, name, 0.3, 0.12),
    })),
    predictions: labels.map((label) => ({
      label,
      mask: blob(rows, columns, label, 0.3, 0.05 + wobble),
      value: 0.98 - wobble + 0.01 * noise(label, which),
    })),
  }
}

/** A whole input: by default three losses of which one is clearly worse, all done, 20 patients, one seed. */
export const reportInput = (changes: Partial<ReportInput> = {}): ReportInput => {
  const cells = changes.cells ?? [
    cell("agBce", null, done("agBce", 0.942, { scale: 0.1 })),
    cell("adaptive", null, done("adaptive", 0.943, { scale: 0.4 })),
    cell("focal", null, done("focal", 0.914, { scale: 1.3 })),
  ]
  const shown = cells.filter(({ outcome }) => outcome.tag === "done").map(({ label }) => label)
  return {
    title: "Adaptive focal loss on micro-ultrasound",
    experiment: "adaptive",
    command: "losslab run experiments/adaptive.yaml",
    yaml: "name: adaptive\nseed: 1234\ntrain:\n  epochs: 10\n",
    metrics: ["dice", "hd95"],
    baseline: null,
    remark: [],
    dataset: {
      description: "phantom: 75 patients, made by losslab",
      patients: { train: 50, validation: 5, test: 20 },
      cases: { train: 50, validation: 5, test: 20 },
      slices: { train: 300, validation: 30, test: 120 },
      size: [128, 128],
      remarks: ["The phantom is synthetic: it tests the pipeline, not a loss on patients."],
    },
    environment: {
      losslab: "0.1.0",
      commit: "0123456789abcdef0123456789abcdef01234567",
      engine: "2.9.1 (tensorflow, 2 threads)",
      node: "v20.20.2",
      platform: "linux 6.1 x64",
      cpu: "Example CPU x 2",
    },
    ...changes,
    cells,
    references: changes.references ?? [
      reference("mean training mask", 0.87),
      reference("master student", 0.9),
      reference("clinician", 0.93),
    ],
    // Drawing them takes longer than the rest of a report.
    panels:
      changes.panels ??
      (shown.length === 0
        ? []
        : (["best", "median", "worst"] as const).map((which) => panel(which, shown.slice(0, 6)))),
  }
}
