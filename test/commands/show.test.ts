import { describe, expect, it } from "vitest"
import { show } from "../../src/commands/show.ts"
import { loadExperiment } from "../../src/config/experiment/loadExperiment.ts"
import { accepted } from "../config/outcome.ts"
import { useFolder } from "../support/folder.ts"
import { experiment } from "./experimentText.ts"

const write = useFolder()

const shown = async (file: string, sets: readonly string[] = [], json = false): Promise<string> => {
  let text = ""
  await show(file, sets, {
    json,
    out: (more) => {
      text += more
    },
  })
  return text
}

describe("show", () => {
  it("prints every value and where it comes from", async () => {
    write("base/tiny.yaml", experiment)
    write(
      "a.yaml",
      "extends: base/tiny.yaml\naugment:\n  - kind: flip\n    axis: rows\nreport: { title: Tiny }\n",
    )
    expect(await shown("a.yaml", ["train.epochs=3"])).toBe(`name: tiny # base/tiny.yaml:1
seed: 1234 # default
load:
  source:
    kind: phantom # base/tiny.yaml:3
    train: 20 # default
    test: 8 # default
    slices: 10 # default
    rows: 240 # default
    columns: 343 # default
    seed: 1 # default
  split:
    train: all # default
    validation: 0 # default
    test: all # default
    file: null # default
    seed: 0 # default
  size: [32, 32] # base/tiny.yaml:4
  resize:
    kind: size # default
  intensity:
    kind: scale # default
    low: 0 # default
    high: 254 # default
  preprocessing: clean # default
augment:
  - kind: flip # a.yaml:3
    axis: rows # a.yaml:4
    probability: 0.5 # default
train:
  model:
    kind: unet # base/tiny.yaml:6
    depth: 4 # default
    baseWidth: 16 # default
    batchNorm: true # default
    dropout: 0 # default
  loss:
    kind: bce # base/tiny.yaml:7
  optimizer:
    kind: sgd # base/tiny.yaml:8
    momentum: 0.9 # default
    weightDecay: 0 # default
  schedule:
    kind: constant # base/tiny.yaml:9
    learningRate: 0.1 # base/tiny.yaml:9
  epochs: 3 # --set train.epochs=3
  batchSize: 2 # base/tiny.yaml:11
  keep: last # default
  precision: float32 # default
evaluate:
  metrics: [dice, iou, precision, recall, hd95] # default
  hd95: pooled # default
  toleranceMm: 2 # default
  empty: skip # default
report:
  title: Tiny # a.yaml:5
  baseline: null # default
  remark: [] # default
`)
  })

  it("prints an experiment that is the same experiment", async () => {
    const loss = "{ name: loss, path: train.loss, values: { a: { kind: agBce }, b: { kind: bce } } }"
    write("a.yaml", `${experiment.replace("  loss: { kind: bce }\n", "")}sweep:\n  factors: [${loss}]\n`)
    write("b.yaml", await shown("a.yaml"))
    const [a, b] = ["a.yaml", "b.yaml"].map((file) => accepted(loadExperiment(file, [])))
    expect(b?.cells).toEqual(a?.cells)
  })

  it("says which factor or preset a value is from", async () => {
    const loss =
      "{ name: loss, path: train.loss, values: { focal: { kind: adaptiveFocal, preset: seed-code }, b: { kind: bce } } }"
    write("a.yaml", `${experiment.replace("  loss: { kind: bce }\n", "")}sweep:\n  factors: [${loss}]\n`)
    expect(await shown("a.yaml")).toContain("kind: adaptiveFocal # factor loss, here focal\n")
    write("b.yaml", experiment.replace("kind: bce", "kind: adaptiveFocal, preset: seed-code, kernel: 3"))
    const text = await shown("b.yaml")
    expect(text).toContain("over: batch # preset seed-code, or default\n")
    expect(text).toContain("kernel: 3 # b.yaml:7\n")
  })

  it("prints one JSON object when asked", async () => {
    write("a.yaml", `${experiment}sweep: { factors: [{ name: seed, path: seed, values: [1, 2] }] }\n`)
    const {
      file,
      experiment: resolved,
      origins,
      cells,
    } = JSON.parse(await shown("a.yaml", ["train.epochs=3"], true))
    expect(file).toBe("a.yaml")
    expect(resolved.train.epochs).toBe(3)
    expect(origins["train.epochs"]).toBe("--set train.epochs=3")
    expect(origins["load.source.kind"]).toBe("a.yaml:3")
    expect(cells).toEqual(["seed=1", "seed=2"])
  })

  it("throws what is wrong", async () => {
    await expect(shown("none.yaml")).rejects.toThrow("there is no such file")
  })
})
