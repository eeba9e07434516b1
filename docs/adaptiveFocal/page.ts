/** Writes what is computed in docs/explanation/adaptive-focal.md: its figures and tables, on the JavaScript engine.
 *  node --import tsx docs/adaptiveFocal/page.ts */
import { pathToFileURL } from "node:url"
import { startJavascript } from "../../src/engine/javascript.ts"
import { markdownTable, writeComputedPage } from "../computedPage.ts"
import { adaptiveFocalFigures } from "./figures.ts"
import { losses, lossNames, lossTitles, table1, table2Dice } from "./paperLosses.ts"
import { diceOf, gammas, predictionNames, training, valued } from "./scene.ts"
import { certainPixel, shareOfFloor, threshold } from "./secondSigmoid.ts"

const certainTable = (): string => {
  const { hit, missed, leftOut, falseAlarm } = certainPixel()
  const row = (pixel: string, right: number, wrong: number) => [
    pixel,
    ...[right, wrong, wrong - right].map((value) => value.toFixed(4)),
  ]
  return markdownTable(
    ["the pixel is", "network certain and right", "certain and wrong", "price of the mistake"],
    [row("foreground", hit, missed), row("background", leftOut, falseAlarm)],
  )
}

const gammaTable = (): string =>
  markdownTable(
    ["prediction", "predicted area", "annotated area", "γ", "hard over easy, γ²"],
    gammas().map(({ prediction, predicted, annotated, gamma }) => [
      prediction,
      ...[predicted, annotated, gamma, gamma ** 2].map((value) => value.toFixed(3)),
    ]),
  )

const predictionTable = (
  cell: (loss: (typeof lossNames)[number], name: (typeof predictionNames)[number]) => string,
) =>
  markdownTable(
    ["prediction", "Dice", ...lossNames.map((name) => lossTitles[name])],
    predictionNames.map((name) => [
      name,
      name === "untrained" ? "" : diceOf(name).toFixed(3),
      ...lossNames.map((loss) => cell(loss, name)),
    ]),
  )

/** The computed tables of the page, by the name of their marker. An engine must run. */
export const adaptiveFocalTables = (): Readonly<Record<string, string>> => ({
  certain: certainTable(),
  gamma: gammaTable(),
  values: predictionTable((loss, name) => valued(losses[loss], name).value.toFixed(4)),
  gradients: predictionTable((loss, name) => valued(losses[loss], name).gradientNorm.toExponential(1)),
})

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))

const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`

/** Mean gamma of each epoch. */
const epochGammas = (): readonly number[] => {
  const { gammas: all, epochs } = training
  const steps = all.length / epochs.length
  return epochs.map((_, epoch) => {
    const own = all.slice(epoch * steps, (epoch + 1) * steps)
    return own.reduce((sum, gamma) => sum + gamma, 0) / steps
  })
}

/** What the page's sentences say in numbers; each must stand there word for word. An engine must run. */
export const adaptiveFocalPhrases = (): readonly string[] => {
  const { hit, missed, leftOut, falseAlarm } = certainPixel()
  const last = table1.at(-1)!
  const above = table1[1]!.asTrained - last.asTrained
  const later = epochGammas().slice(1)
  const afterFirst = training.gammas.slice(training.gammas.length / training.epochs.length)
  const [least, most] = [Math.min(...afterFirst), Math.max(...afterFirst)]
  const start = 0.5 + 0.3
  const normAtStart = (name: (typeof lossNames)[number]) => valued(losses[name], "untrained").gradientNorm
  return [
    `Dice ${table2Dice.adaptiveFocal.toFixed(3)} against ${table2Dice.asTrained.toFixed(3)}`,
    `floor is ${hit.toFixed(4)} f + ${leftOut.toFixed(4)} (1 − f)`,
    `only where that is ${percent(threshold(losses.asTrained), 0)} likely`,
    `${last.asTrained}, is the floor at f = ${shareOfFloor(last.asTrained).toFixed(4)}`,
    `between 0.5 and ${sigmoid(1).toFixed(2)}`,
    `only ${above.toFixed(4)}, ${percent(above / last.asTrained, 0)} of it`,
    `costs as much as a background pixel that is right, ${missed.toFixed(4)}`,
    `false alarm is ${((falseAlarm - leftOut) / (missed - hit)).toFixed(1)} times`,
    `from ${percent(threshold(losses.asTrained), 0)} on`,
    `With one sigmoid it is ${percent(threshold(losses.pyTorchFocal), 0)}`,
    `γ = ${start.toFixed(1)} and γ² = ${(start * start).toFixed(2)}`,
    `γ is ${training.gammas[0]!.toFixed(2)} at the first step`,
    `between ${Math.min(...later).toFixed(2)} and ${Math.max(...later).toFixed(2)}`,
    `from ${least.toFixed(2)} to ${most.toFixed(2)}`,
    `from ${(least * least).toFixed(2)} to ${(most * most).toFixed(2)}`,
    `${(normAtStart("bce") / normAtStart("asTrained")).toFixed(0)} times`,
  ]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await startJavascript()
  await writeComputedPage({
    page: "adaptive-focal.md",
    script: "docs/adaptiveFocal/page.ts",
    tables: adaptiveFocalTables(),
    figures: adaptiveFocalFigures(),
  })
  for (const phrase of adaptiveFocalPhrases()) process.stdout.write(`${phrase}\n`)
}
