import { describe, expect, it } from "vitest"
import { loadExperiment } from "../../../src/config/experiment/loadExperiment.ts"
import { loadModuleLoss } from "../../../src/config/experiment/loadLoss.ts"
import { useFolder } from "../../support/folder.ts"
import { smallExperiment, smallLanguage } from "../smallLanguage.ts"
import { told } from "../told.ts"

const write = useFolder()
const load = (text: string, ...sets: string[]) => loadExperiment(write("a.yaml", text), sets, smallLanguage)
const withSets = (...sets: string[]) => load(smallExperiment, ...sets)
const withLines = (...lines: string[]) => load(`${smallExperiment}${lines.join("\n")}\n`)
const withSweep = (...factors: string[]) =>
  withLines("sweep:", "  factors:", ...factors.map((factor) => `    - ${factor}`))
const replaced = (from: string, to: string) => load(smallExperiment.replace(from, to))
const seeds = (count: number) => `[${Array.from({ length: count }, (_, i) => i).join(", ")}]`

const refused: readonly (readonly [string, () => ReturnType<typeof load>])[] = [
  [
    "kinds that do not exist, at every place that has kinds",
    () =>
      withSets(
        ...["load.source", "load.resize", "load.intensity", "augment", "train.model", "train.loss"].map(
          (path) => (path === "augment" ? "augment=[{ kind: none }]" : `${path}={ kind: none }`),
        ),
        ...["train.optimizer={ kind: none }", "train.schedule={ kind: none }"],
      ),
  ],
  ["the best epoch without validation", () => withSets("train.keep=best")],
  ["a size that the model cannot halve", () => withSets("load.size=[100, 40]")],
  ["a metric that is named twice", () => withSets("evaluate.metrics=[dice, iou, hd95, iou, dice]")],
  ["a split file beside other numbers", () => withSets("load.split={ file: a.csv, validation: 1 }")],
  [
    "patients in two splits, of whom the first is told",
    () => withSets("load.split={ train: [a, b], validation: [b], test: [a] }"),
  ],
  ["a list as the whole experiment", () => load("- name: a\n")],
  // sweeps
  [
    "an experiment without its sweep, and a sweep, that are both wrong",
    () =>
      load(`${smallExperiment.replace("gamma: 1", "gama: 1").replace("name: small", "name: '#'")}sweep:
  factors: [{ name: loss, path: train.loss, values: { 'a b': { kind: bce }, c: {} } }]\n`),
  ],
  [
    "a sweep that is no sweep",
    () => withLines("sweep: { factors: [{ name: 1a, path: 3, values: {}, blok: true }] }"),
  ],
  ["values that are neither a map nor a list", () => withSweep("{ name: a, path: seed, values: 3 }")],
  ["values without labels", () => withSweep("{ name: a, path: train.loss, values: [{ kind: bce }] }")],
  [
    "a value that does not fit its path",
    () =>
      withSweep(
        "{ name: l, path: train.loss, values: { a: { kind: bec }, b: { gamma: 9 } } }",
        "{ name: s, path: seed, values: [1, 2.5, 2] }",
      ),
  ],
  ["a path through a single value", () => withSweep("{ name: b, path: train.epochs.x, values: [1, 2] }")],
  ["a path to no item", () => withSweep("{ name: b, path: load.size.3, values: [1] }")],
  ["a path that cells cannot differ in", () => withSweep("{ name: a, path: trian.epochs, values: [1] }")],
  ["a path that resembles none", () => withSweep("{ name: a, path: report.title, values: [1] }")],
  [
    "two factors of one name and one path",
    () => withSweep("{ name: a, path: seed, values: [1] }", "{ name: a, path: seed, values: [2] }"),
  ],
  [
    "a factor that replaces what another puts",
    () =>
      withSweep(
        "{ name: a, path: train.loss.gamma, values: [1] }",
        "{ name: b, path: train.loss, values: { x: { kind: bce } } }",
      ),
  ],
  [
    "labels that are none, and one twice",
    () => withSweep("{ name: a, path: train.keep, values: ['a b', last, '', last] }"),
  ],
  [
    "too many cells",
    () =>
      withSweep(
        `{ name: a, path: seed, values: ${seeds(101)} }`,
        `{ name: b, path: load.split.seed, values: ${seeds(100)} }`,
      ),
  ],
  [
    "a baseline that resembles a cell",
    () =>
      withLines(
        "report: { baseline: bec }",
        "sweep: { factors: [{ name: l, path: train.loss, values: { bce: { kind: bce }, soft: {} } }] }",
      ),
  ],
  [
    "a baseline that resembles none of many",
    () =>
      withLines(
        "report: { baseline: nothing-like-it }",
        `sweep: { factors: [{ name: s, path: seed, values: ${seeds(30)} }] }`,
      ),
  ],
  // --set
  [
    "settings without a value, a path, or a name in it",
    () => withSets("train.epochs", "=3", "train..epochs=3"),
  ],
  ["extends as a setting", () => withSets("extends=b.yaml")],
  ["a setting that is no YAML", () => withSets("train.epochs=[1", "seed={ a: 1, a: 2 }")],
  ["settings that lead nowhere", () => withSets("seed.x=1", "load.size.5=1", "seed=2")],
  ["settings with more signs of equality", () => withSets("name=a=b")],
  // extends
  [
    "bases that are not there",
    () => {
      write("base/phantom.yaml", "")
      return replaced(
        "name: small",
        "extends: [base/phantm.yaml, base/phantom.yaml, base, 3, '']\nname: small",
      )
    },
  ],
  ["a base of no name", () => replaced("name: small", "extends: { a: 1 }\nname: small")],
  [
    "a circle",
    () => {
      write("sub/b.yaml", "x: 1\nextends: ../a.yaml\n")
      return replaced("name: small", "extends: sub/b.yaml\nname: small")
    },
  ],
  [
    "too many bases",
    () => {
      write("z.yaml", "seed: 1\n")
      return replaced("name: small", `extends: [${"z.yaml, ".repeat(101)}]\nname: small`)
    },
  ],
  [
    "a base that is wrong",
    () => {
      write("base/b.yaml", "sed: 1\na: 1\na: 2\n")
      return replaced("name: small", "extends: base/b.yaml\nname: small")
    },
  ],
  // a module's options
  ["options of a module", () => loadModuleLoss("own.ts", "{ share: { a: 1 } }") as ReturnType<typeof load>],
]

describe("an experiment is refused", () => {
  it("for each of these with every problem as a whole: what, where, expected, found, how to mend it", async () => {
    const texts = refused.map(([what, attempt]) => `# ${what}\n${told(attempt())}`)
    await expect(`${texts.join("\n\n")}\n`).toMatchFileSnapshot("../../fixtures/refusals/experiment.txt")
  })
})
