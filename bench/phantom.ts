import { testAnnotators, trainAnnotators } from "../src/data/phantom/annotator.ts"
import { patientOf, phantomDefaults } from "../src/data/phantom/writePhantom.ts"
import { annotatorDice, meanMaskDice, shares, thresholdDice } from "../test/data/phantom/difficulty.ts"

/** Measures how hard the default phantom is; the figures of docs/explanation/phantom.md.
 *  npm run bench -- phantom [SEED...] */
export const phantom = (args: readonly string[]): void => {
  const seeds = args.length > 0 ? args.map(Number) : [phantomDefaults.seed]
  for (const seed of seeds) {
    const options = { ...phantomDefaults, seed }
    const make = (group: "train" | "test") =>
      Array.from({ length: options[group] }, (_, i) => patientOf(options, group, i + 1))
    const start = performance.now()
    const [train, test] = [make("train"), make("test")]
    const seconds = (performance.now() - start) / 1000
    const { foreground, empty } = shares([...train, ...test])
    const rows: readonly (readonly [string, number])[] = [
      ...Object.keys(testAnnotators).map(
        (name) => [`Dice of ${name} (test)`, annotatorDice(test, name)] as const,
      ),
      ...Object.keys(trainAnnotators).map(
        (name) => [`Dice of ${name} (train)`, annotatorDice(train, name)] as const,
      ),
      ["Dice of the mean training mask (test)", meanMaskDice(train, test)],
      ...[0, 4, 10].map(
        (radius) =>
          [
            `Dice of the best threshold, blur ${radius} px (test)`,
            thresholdDice(test, options.columns, radius),
          ] as const,
      ),
      ["foreground, of slices with prostate", foreground],
      ["slices without prostate", empty],
      ["slices", [...train, ...test].reduce((sum, { slices }) => sum + slices, 0)],
      ["seconds to render", seconds],
    ]
    process.stdout.write(`seed ${seed}\n`)
    for (const [name, value] of rows) process.stdout.write(`  ${name.padEnd(45)} ${value.toFixed(3)}\n`)
  }
}
