import { prepare } from "../../src/commands/prepare.ts"
import { tinyExperiment } from "../support/experimentFiles.ts"
import type { Scenario, Subject } from "./scenario.ts"

/** What `losslab run` does before it runs anything. */
const planned =
  (file: string, sets: readonly string[] = []) =>
  () =>
    prepare({ file, sets, backend: "javascript", extra: [] })

/** The tiny experiment with one word replaced. */
export const but = (word: string, other: string): string => {
  if (!tinyExperiment.includes(word)) throw new Error(`the experiment has no ${word}`)
  return tinyExperiment.replace(word, other)
}

/** A loss with a weight over the training. */
const weighted = (schedule: string): string => `{ kind: scheduled, loss: { kind: bce }, weight: ${schedule} }`

/** An experiment that is refused. */
export const refused = (
  title: string,
  yaml: string | Uint8Array,
  files: Scenario["files"] = {},
): Scenario => ({
  title,
  command: "losslab run bad.yaml",
  kind: "config",
  files: { "bad.yaml": yaml, ...files },
  run: planned("bad.yaml"),
})

const given = (title: string, file: string, files: Scenario["files"] = {}): Scenario => ({
  title,
  command: `losslab run ${file}`,
  kind: "config",
  files,
  run: planned(file),
})

/** The tiny experiment with settings that are refused. */
export const set = (title: string, ...sets: readonly string[]): Scenario => ({
  title,
  command: ["losslab run tiny.yaml", ...sets.map((each) => `--set '${each}'`)].join(" "),
  kind: "config",
  files: { "tiny.yaml": `${tinyExperiment}augment:\n  - { kind: flip, axis: rows }\n` },
  run: planned("tiny.yaml", sets),
})

const optimizer = (links: string): string => but("{ kind: sgd }", `{ kind: chain, links: [${links}] }`)

export const experimentFiles: Subject = {
  title: "Experiment files",
  scenarios: [
    given("An experiment that is absent", "tyni.yaml", { "tiny.yaml": tinyExperiment }),
    given("A folder in place of an experiment", "experiments", {
      "experiments/tiny.yaml": tinyExperiment,
      "experiments/wide.yaml": tinyExperiment,
    }),
    given("A path through a file", "tiny.yaml/more.yaml", { "tiny.yaml": tinyExperiment }),
    refused("An empty experiment", ""),
    refused("An experiment that is too large", `${tinyExperiment}# ${"x".repeat(2_000_000)}\n`),
    refused("A file that is not UTF-8", Buffer.from(but("name: tiny", "name: caf\u00e9"), "latin1")),
    refused("A tab as indentation", but("  epochs", "\tepochs")),
    refused("A bracket that is not closed", but("size: [16, 16]", "size: [16, 16")),
    refused("A colon within a value", but("name: tiny", "name: tiny: a trial")),
    refused("A second document", `${tinyExperiment}---\nname: another\n`),
    refused("Another version of YAML", `%YAML 1.1\n---\n${tinyExperiment}`),
    refused("A control character", but("name: tiny", "name: tiny\u0007")),
    refused(
      "An alias",
      but("{ kind: sgd }", "&same { kind: sgd }").replace("schedule:", "other: *same\n  schedule:"),
    ),
    refused("A merge key", but("train:\n", "train:\n  <<: { seed: 1 }\n")),
    refused("A tag", but("epochs: 1", "epochs: !!int 1")),
    refused("A key that is no word", but("name: tiny", "name: tiny\n[a, b]: 1")),
    refused("A key given twice", but("epochs: 1", "epochs: 1\n  epochs: 2")),
    refused("A value nested too deeply", `${tinyExperiment}deep: ${"[".repeat(60)}${"]".repeat(60)}\n`),
    refused("A key that does not exist", but("epochs: 1", "epochs: 1\n  epcohs: 2")),
    refused("A key that is missing", but("  batchSize: 2\n", "")),
    refused("A loss that does not exist", but("{ kind: bce }", "{ kind: bec }")),
    refused("A loss without its kind", but("{ kind: bce }", "{ kernel: 2 }")),
    refused("A loss as a bare word", but("{ kind: bce }", "bce")),
    refused(
      "A preset that does not exist",
      but("{ kind: bce }", "{ kind: adaptiveFocal, preset: seedcode }"),
    ),
    refused("A text in place of a number", but("epochs: 1", "epochs: many")),
    refused("A number in quotes", but("epochs: 1", 'epochs: "1"')),
    refused("A fraction in place of a whole number", but("epochs: 1", "epochs: 1.5")),
    refused("A decimal comma", but("learningRate: 0.1", 'learningRate: "0,1"')),
    refused("A number out of range", but("epochs: 1", "epochs: 0")),
    refused("A number that is not finite", but("learningRate: 0.1", "learningRate: .nan")),
    refused("Yes in place of true", but("baseWidth: 2", "baseWidth: 2, batchNorm: yes")),
    refused("A key without a value", but("epochs: 1", "epochs:")),
    refused("A list of another length", but("size: [16, 16]", "size: [16]")),
    refused("A size that the network cannot halve", but("size: [16, 16]", "size: [18, 16]")),
    refused("The best epoch without validation", but("epochs: 1", "epochs: 1\n  keep: best")),
    refused("More patients than there are", but("size:", "split: { train: 3 }\n  size:")),
    refused("A metric named twice", `${tinyExperiment}evaluate: { metrics: [dice, hd95, dice] }\n`),
    refused(
      "A lower limit above the upper",
      but("size:", "intensity: { kind: scale, low: 5, high: 5 }\n  size:"),
    ),
    refused("A range upside down", `${tinyExperiment}augment: [{ kind: gamma, minimum: 2, maximum: 1 }]\n`),
    refused("A chain that makes no step", optimizer("{ kind: clipByGlobalNorm, norm: 1 }")),
    refused(
      "A chain that goes on after its step",
      optimizer("{ kind: sgd }, { kind: clipByGlobalNorm, norm: 1 }"),
    ),
    refused(
      "More kernels than weights",
      but(
        "{ kind: bce }",
        "{ kind: deepSupervised, loss: { kind: agBce }, weights: [1, 1], kernels: [4, 3, 2] }",
      ),
    ),
    refused(
      "Weights that are all zero",
      but("{ kind: bce }", "{ kind: deepSupervised, loss: { kind: bce }, weights: [0, 0], kernels: [] }"),
    ),
    refused(
      "Deep supervision inside another loss",
      but("{ kind: bce }", "{ kind: sum, terms: [{ kind: deepSupervised, loss: { kind: bce } }] }"),
    ),
    refused(
      "Trained weights for a loss that may be negative",
      but("{ kind: bce }", "{ kind: uncertaintySum, terms: [{ kind: bce }, { kind: agBce }] }"),
    ),
    refused(
      "Smoothed labels for a loss of hard masks",
      but("{ kind: bce }", "{ kind: labelSmoothing, loss: { kind: agBce } }"),
    ),
    refused(
      "A learned gamma that decides nothing",
      but("{ kind: bce }", "{ kind: adaptiveFocal, gamma: learned, exponent: 2, regionWeight: 1 }"),
    ),
    refused(
      "A learned gamma that cannot start at 1",
      but("{ kind: bce }", "{ kind: adaptiveFocal, gamma: learned, gammaCeiling: 1 }"),
    ),
    refused(
      "A weight that has changed before it begins to",
      but("{ kind: bce }", weighted("{ kind: linear, from: 1, to: 0.1, start: 0.5, end: 0.5 }")),
    ),
    refused(
      "More weights than a schedule has places for",
      but("{ kind: bce }", weighted("{ kind: step, values: [1, 0.5, 0.1], at: [0.5] }")),
    ),
    refused(
      "Changes of a weight out of order",
      but("{ kind: bce }", weighted("{ kind: step, values: [1, 0.5, 0.1], at: [0.8, 0.5] }")),
    ),
    refused("A base that is absent", but("name: tiny", "name: tiny\nextends: base/phantm.yaml"), {
      "base/phantom.yaml": "seed: 1\n",
    }),
    refused("Bases in a circle", but("name: tiny", "extends: base.yaml\nname: tiny"), {
      "base.yaml": "extends: bad.yaml\nseed: 1\n",
    }),
    refused("A base that is no path", but("name: tiny", "name: tiny\nextends: 3")),
    refused("A mistake in a base", "extends: base.yaml\nname: tiny\n", {
      "base.yaml": but("epochs: 1", "epochs: 0"),
    }),
    refused(
      "Several mistakes at once",
      but("epochs: 1", "epochs: 0\n  kep: last").replace("16, 16", "16, x"),
    ),
  ],
}
