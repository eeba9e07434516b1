import { describe, expect, it } from "vitest"
import { commentedYaml } from "../../../src/config/experiment/commentedYaml.ts"
import { loadExperiment } from "../../../src/config/experiment/loadExperiment.ts"
import { originsOf, resolvedExperiment } from "../../../src/config/experiment/valueOrigins.ts"
import { tinyExperiment } from "../../support/experimentFiles.ts"
import { useFolder } from "../../support/folder.ts"
import { accepted } from "../outcome.ts"
import { smallExperiment, smallLanguage } from "../smallLanguage.ts"

const write = useFolder()
const load = (text: string, ...sets: string[]) =>
  accepted(loadExperiment(write("a.yaml", text), sets, smallLanguage))

/** Path -> origin. */
const originsIn = (experiment: ReturnType<typeof load>) =>
  Object.fromEntries(originsOf(experiment).map(({ path, origin }) => [path.join("."), origin]))

describe("where a value comes from", () => {
  it("is a line of a file, a --set, or the default, for every value once", () => {
    write("base.yaml", smallExperiment)
    const experiment = load(
      "extends: base.yaml\nseed: 5\naugment:\n  - kind: flip\n",
      "train.epochs=3",
      "load.split={ validation: 2 }",
    )
    expect(originsIn(experiment)).toEqual({
      name: "base.yaml:1",
      seed: "a.yaml:2",
      "load.source.kind": "base.yaml:3",
      "load.split.train": "default",
      "load.split.validation": "--set load.split={ validation: 2 }",
      "load.split.test": "default",
      "load.split.file": "default",
      "load.split.seed": "default",
      "load.size": "base.yaml:4", // a list of single values is one
      "load.resize.kind": "default",
      "load.intensity.kind": "default",
      "load.intensity.low": "default",
      "load.intensity.high": "default",
      "load.preprocessing": "default",
      "augment.0.kind": "a.yaml:4", // a list of maps is each of their values
      "augment.0.probability": "default",
      "train.model.kind": "base.yaml:6",
      "train.model.depth": "default",
      "train.loss.kind": "base.yaml:7",
      "train.loss.gamma": "base.yaml:7",
      "train.optimizer.kind": "base.yaml:8",
      "train.schedule.kind": "base.yaml:9",
      "train.epochs": "--set train.epochs=3",
      "train.batchSize": "base.yaml:11",
      "train.keep": "default",
      "train.precision": "default",
      "evaluate.metrics": "default",
      "evaluate.hd95": "default",
      "evaluate.toleranceMm": "default",
      "evaluate.empty": "default",
      "report.title": "default",
      "report.baseline": "default",
      "report.remark": "default",
    })
    expect(resolvedExperiment(experiment)).toEqual(experiment.spec)
  })

  it("is a preset where one may have filled it", () => {
    const text = tinyExperiment.replace(
      "{ kind: bce }",
      "{ kind: adaptiveFocal, preset: seed-text, kernel: 2 }",
    )
    const origins = originsIn(accepted(loadExperiment(write("a.yaml", text), [])))
    expect(origins["train.loss.preset"]).toBe("a.yaml:7")
    expect(origins["train.loss.kernel"]).toBe("a.yaml:7")
    expect(origins["train.loss.difficulty"]).toBe("preset seed-text, or default")
    expect(origins["train.keep"]).toBe("default")
  })

  it("is a factor, with the value of the first cell, where only factors give it", () => {
    const text = smallExperiment.replace("  loss: { kind: focal, gamma: 1 }\n", "")
    const experiment = load(`${text}sweep:
  factors:
    - { name: seed, path: seed, values: [7, 8] }
    - { name: loss, path: train.loss, values: { soft: { kind: focal }, bce: { kind: bce } } }
`)
    const origins = originsIn(experiment)
    expect(origins["train.loss.kind"]).toBe("factor loss, here soft")
    expect(origins["train.loss.gamma"]).toBe("factor loss, here soft")
    expect(origins.seed).toBe("factor seed, here 7")
    expect(origins["train.epochs"]).toBe("a.yaml:9")
    expect(origins["train.keep"]).toBe("default")
    expect(origins["sweep.factors.0.path"]).toBe("a.yaml:13")
    expect(resolvedExperiment(experiment)).toMatchObject({
      ...experiment.spec,
      sweep: { factors: [{ name: "seed" }, { name: "loss" }] },
    })
  })

  it("is the file where the experiment is one without its factors", () => {
    const experiment = load(
      `${smallExperiment}sweep: { factors: [{ name: seed, path: seed, values: [7] }] }\n`,
    )
    expect(originsIn(experiment)).toMatchObject({ seed: "default", "train.loss.gamma": "a.yaml:7" })
  })
})

describe("an experiment with its origins as comments", () => {
  it("is YAML with each origin behind its value, lists in one line", () => {
    const value = {
      name: "a",
      load: { size: [64, 32], note: "x ".repeat(80).trim() },
      augment: [],
      same: [1],
    }
    const text = commentedYaml({ ...value, again: value.same }, [
      { path: ["name"], origin: "a.yaml:1" },
      { path: ["load", "size"], origin: "a.yaml:3" },
      { path: ["load", "note"], origin: "--set x" },
      { path: ["augment"], origin: "default" },
      { path: ["gone", "away"], origin: "nowhere" },
    ])
    expect(text).toBe(
      [
        "name: a # a.yaml:1",
        "load:",
        "  size: [64, 32] # a.yaml:3",
        `  note: ${value.load.note} # --set x`,
        "augment: [] # default",
        "same:",
        "  - 1",
        "again:",
        "  - 1",
        "",
      ].join("\n"),
    )
  })
})
