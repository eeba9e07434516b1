import { type Curve, panels } from "../panel.ts"
import { type LossName, losses, pixelLoss, table1 } from "./paperLosses.ts"
import { training } from "./scene.ts"
import { floorAt, saidProbability } from "./secondSigmoid.ts"

const looks: Readonly<Record<LossName, Omit<Curve, "points">>> = {
  bce: { label: "cross-entropy", colour: "#888888", dashes: "2 3" },
  pyTorchFocal: { label: "focal loss, one sigmoid", colour: "#4477aa", dashes: "7 3" },
  asTrained: { label: "focal loss as trained, two sigmoids", colour: "#cc6677" },
  agBce: { label: "AG-BCE", colour: "#ddaa33", dashes: "9 3 2 3" },
  adaptiveFocal: { label: "adaptive focal loss", colour: "#117733" },
}

const range = (from: number, to: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1))

const floorFigure = (): string =>
  panels("The plateau of the focal loss is the floor of its second sigmoid", [
    {
      title: "Table 1",
      xLabel: "epoch",
      yLabel: "training loss, sum of four scales",
      reachX: [0],
      reachY: [0],
      curves: [
        { ...looks.adaptiveFocal, points: table1.map((row) => [row.epoch, row.adaptiveFocal]) },
        { ...looks.asTrained, points: table1.map((row) => [row.epoch, row.asTrained]) },
        { ...looks.agBce, points: table1.map((row) => [row.epoch, row.agBce]) },
      ],
    },
    {
      title: "The least that two sigmoids allow",
      xLabel: "foreground, share of the pixels",
      yLabel: "loss, sum of four scales",
      reachY: [0],
      curves: [
        {
          label: "floor of the focal loss as trained",
          colour: "#cc6677",
          dashes: "4 2",
          points: [0, 1].map((share) => [share, floorAt(share)]),
        },
        {
          label: "last value of Table 1",
          colour: "#333333",
          dashes: "2 3",
          points: [0, 1].map((share) => [share, table1.at(-1)!.asTrained]),
        },
      ],
    },
  ])

const sigmoidsFigure = (): string => {
  const names = ["bce", "pyTorchFocal", "asTrained"] as const
  const logits = range(-8, 8, 65)
  return panels("What the second sigmoid does to one pixel, and to the decision", [
    {
      title: "A background pixel",
      xLabel: "logit; above 0 the network is wrong",
      yLabel: "derivative of the loss by the logit",
      curves: (["pyTorchFocal", "asTrained"] as const).map((name) => ({
        ...looks[name],
        points: logits.map((z) => [z, pixelLoss(losses[name], z, false).slope]),
      })),
    },
    {
      title: "Trained to the end",
      xLabel: "foreground, share of pixels that look alike",
      yLabel: "probability that the network says",
      curves: names.map((name) => {
        const said = saidProbability(losses[name])
        return { ...looks[name], points: range(0, 1, 101).map((q) => [q, said(q)]) }
      }),
    },
  ])
}

const gammaFigure = (): string => {
  const steps = training.gammas.map((gamma, step) => [step + 1, gamma] as const)
  const last = steps.length
  return panels("Gamma of the adaptive focal loss while a network learns", [
    {
      title: "Gamma",
      xLabel: "step",
      yLabel: "gamma of the batch",
      reachX: [0],
      reachY: [0, 2],
      curves: [
        { label: "adaptive focal loss, each step", colour: "#117733", dots: true, points: steps },
        {
          label: "predicted area = annotated area",
          colour: "#333333",
          dashes: "2 3",
          points: [0, last].map((step) => [step, 1]),
        },
      ],
    },
    {
      title: "What it does",
      xLabel: "step",
      yLabel: "weight of a hard pixel over an easy one",
      reachX: [0],
      reachY: [0],
      curves: [
        {
          label: "adaptive focal loss, each step",
          colour: "#117733",
          dots: true,
          points: steps.map(([step, gamma]) => [step, gamma ** 2]),
        },
        { ...looks.agBce, points: [0, last].map((step) => [step, 4]) },
      ],
    },
  ])
}

/** The figures of docs/explanation/adaptive-focal.md: file -> SVG. An engine must run. */
export const adaptiveFocalFigures = (): Readonly<Record<string, string>> => ({
  "adaptive-focal-floor.svg": floorFigure(),
  "adaptive-focal-sigmoids.svg": sigmoidsFigure(),
  "adaptive-focal-gamma.svg": gammaFigure(),
})
