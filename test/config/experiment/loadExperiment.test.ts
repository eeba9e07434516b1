import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { loadExperiment } from "../../../src/config/experiment/loadExperiment.ts"
import { tinyExperiment } from "../../support/experimentFiles.ts"
import { useFolder } from "../../support/folder.ts"
import { defaultScoring } from "../../support/scoring.ts"
import { accepted, refusal } from "../outcome.ts"
import { smallExperiment, smallLanguage } from "../smallLanguage.ts"

const write = useFolder()
const load = (text: string, ...sets: string[]) => loadExperiment(write("a.yaml", text), sets, smallLanguage)
const lines = (...text: string[]) => text.join("\n")

describe("an experiment", () => {
  it("is one cell when it has no sweep, every default filled in", () => {
    const { name, cells, spec, files } = accepted(load(smallExperiment))
    expect(name).toBe("small")
    expect(cells).toEqual([{ label: "small", factors: {}, blocks: [], method: "small", spec }])
    expect([...files.keys()]).toEqual(["a.yaml"])
    expect(spec).toEqual({
      name: "small",
      seed: 1234,
      load: {
        source: { kind: "phantom" },
        split: { train: "all", validation: 0, test: "all", file: null, seed: 0 },
        size: [64, 32],
        resize: { kind: "size" },
        intensity: { kind: "scale", low: 0, high: 254 },
        preprocessing: "clean",
      },
      augment: [],
      train: {
        model: { kind: "unet", depth: 4 },
        loss: { kind: "focal", gamma: 1 },
        optimizer: { kind: "sgd" },
        schedule: { kind: "constant" },
        epochs: 10,
        batchSize: 8,
        keep: "last",
        precision: "float32",
      },
      evaluate: defaultScoring,
      report: { title: "small", baseline: null, remark: [] },
    })
  })

  it("comes from its bases and settings together", () => {
    write("base/small.yaml", smallExperiment)
    const text = "extends: base/small.yaml\nname: top\ntrain: { epochs: 3 }\nreport: { title: Top! }\n"
    const { spec, files } = accepted(load(text, "train.batchSize=2", "augment=[{ kind: flip }]"))
    expect(spec).toMatchObject({
      name: "top",
      augment: [{ kind: "flip", probability: 0.5 }],
      train: { epochs: 3, batchSize: 2 },
      report: { title: "Top!" },
    })
    expect([...files.keys()]).toEqual(["a.yaml", "base/small.yaml"])
  })

  it("has paths relative to the file that says them, or to where the command was given", () => {
    write("base/small.yaml", smallExperiment.replace("kind: phantom", "kind: folder, path: ../data"))
    const here = process.cwd()
    const text = "extends: ../base/small.yaml\ntrain: { loss: { kind: module, path: ./own.ts } }\n"
    const file = write("experiments/top.yaml", text)
    expect(accepted(loadExperiment(file, [], smallLanguage)).spec).toMatchObject({
      load: { source: { path: `${here}/data` } },
      train: { loss: { path: `${here}/experiments/own.ts` } },
    })
    const set = ["train.loss.path=own.ts", "load.source.path=/data"]
    expect(accepted(loadExperiment(file, set, smallLanguage)).spec).toMatchObject({
      load: { source: { path: "/data" } },
      train: { loss: { path: `${here}/own.ts` } },
    })
  })

  it("is decoded again to the same from what it decoded to", () => {
    const { spec } = accepted(load(smallExperiment))
    expect(accepted(load(JSON.stringify(spec))).spec).toEqual(spec)
  })
})

describe("what is wrong with an experiment", () => {
  it("is shown all at once, in its lines, with who said it", () => {
    write("base/small.yaml", smallExperiment.replace("gamma: 1", "gama: 1").replace("sgd", "sdg"))
    const text = "extends: base/small.yaml\nsed: 2\ntrain:\n  epochs: yes\n  keep: [best]\n"
    expect(refusal(load(text, "train.batchSize=0", "trian.epochs=3"))).toBe(
      lines(
        "a.yaml:2:1  sed: unknown key",
        "  1 | extends: base/small.yaml",
        "  2 | sed: 2",
        "    | ^^^",
        "  expected: one of `name`, `extends`, `seed`, `load`, `augment`, `train`, `evaluate`, `report`, `sweep`",
        "  did you mean `seed`?",
        "",
        "a.yaml:4:11  train.epochs: wrong type",
        "  3 | train:",
        "  4 |   epochs: yes",
        "    |           ^^^",
        "  expected: an integer from 1 to 100000",
        '  found: "yes"',
        "",
        "a.yaml:5:9  train.keep: wrong type",
        "  4 |   epochs: yes",
        "  5 |   keep: [best]",
        "    |         ^^^^^^",
        "  expected: one of `last`, `best`",
        '  found: ["best"]',
        "  did you mean `best`?",
        "",
        "base/small.yaml:7:24  train.loss.gama: unknown key",
        "  6 |   model: { kind: unet }",
        "  7 |   loss: { kind: focal, gama: 1 }",
        "    |                        ^^^^",
        "  expected: `gamma`",
        "  did you mean `gamma`?",
        "  set by: base/small.yaml (extended by a.yaml)",
        "",
        "base/small.yaml:8:22  train.optimizer.kind: unknown optimizer",
        "  7 |   loss: { kind: focal, gama: 1 }",
        "  8 |   optimizer: { kind: sdg }",
        "    |                      ^^^",
        "  expected: `sgd`",
        '  found: "sdg"',
        "  did you mean `sgd`?",
        "  set by: base/small.yaml (extended by a.yaml)",
        "",
        "--set train.batchSize=0  train.batchSize: out of range",
        "  1 | --set train.batchSize=0",
        "    |                       ^",
        "  expected: an integer from 1 to 4096",
        "  found: 0",
        "",
        "--set trian.epochs=3  trian: unknown key",
        "  1 | --set trian.epochs=3",
        "    |       ^^^^^",
        "  expected: one of `name`, `extends`, `seed`, `load`, `augment`, `train`, `evaluate`, `report`, `sweep`",
        "  did you mean `train`?",
        "",
        "7 problems",
      ),
    )
  })

  it("may be that something is missing", () => {
    expect(refusal(load("name: a\nload: { source: { kind: phantom } }\ntrain: {}\n"))).toContain(
      lines(
        "a.yaml:2:1  load.size: missing",
        "  1 | name: a",
        "  2 | load: { source: { kind: phantom } }",
        "    | ^^^^",
        "  expected: a list of 2 items, each an integer from 8 to 4096",
      ),
    )
    expect(refusal(load("- name: a\n"))).toContain("a.yaml:1:1  wrong type")
    expect(refusal(load("name\n"))).toContain("a.yaml:1:1  wrong type")
  })

  it("may be that what it says does not fit together", () => {
    expect(refusal(load(smallExperiment, "train.keep=best"))).toBe(
      lines(
        "--set train.keep=best  train.keep: `best` is judged by validation patients, and there are none",
        "  1 | --set train.keep=best",
        "    |                  ^^^^",
        "  fix: set load.split.validation to 1 or more, or keep the last epoch",
      ),
    )
    accepted(load(smallExperiment, "train.keep=best", "load.split.validation=1"))
    expect(refusal(load(smallExperiment.replace("64, 32", "100, 40")))).toBe(
      lines(
        "a.yaml:4:9  load.size: the model unet needs rows and columns that are multiples of 16",
        "  3 |   source: { kind: phantom }",
        "  4 |   size: [100, 40]",
        "    |         ^^^^^^^^^",
        "  fix: write [96, 48]",
      ),
    )
    const tiny = (...sets: string[]) => loadExperiment(write("tiny.yaml", tinyExperiment), sets)
    expect(refusal(tiny("load.split.validation=2"))).toBe(
      lines(
        "--set load.split.validation=2  load.split.validation: the split asks for more patients than the training group has",
        "  1 | --set load.split.validation=2",
        "    |                             ^",
        "  expected: validation at most 1, so that one patient is left to train with",
        "  found: 2",
        "  fix: ask for fewer",
      ),
    )
    expect(refusal(tiny("load.split.test=2"))).toContain("load.split.test: the split asks for more")
    accepted(tiny("load.split={ train: 1, validation: 1, test: 1 }"))
    expect(refusal(load(smallExperiment, "evaluate.metrics=[dice, iou, dice]"))).toContain(
      "evaluate.metrics.2: dice is named twice",
    )
    expect(refusal(load(smallExperiment, "load.intensity={ kind: scale, low: 3, high: 3 }"))).toContain(
      "load.intensity.high: not larger than low, 3",
    )
  })

  it.each([
    ["name=../up", "name: malformed"],
    ["name=1", 'fix: write it in quotes: "1"'],
    ["seed=-1", "expected: an integer from 0 to 2147483647"],
    ["seed=1.5", "seed: not an integer"],
    ["train.loss.gamma=.nan", "train.loss.gamma: not a finite number"],
    ["train.loss.gamma=1e400", "train.loss.gamma: not a finite number"],
    ["load.split.train=0", "load.split.train"],
    ["load.split.train=most", "load.split.train"],
    ["load.size=[64]", "load.size: too few items"],
    ["load.preprocessing=raw", "load.preprocessing: not one of the choices"],
    ["evaluate.metrics=[]", "evaluate.metrics: too few items"],
    ["train.loss=focal", "fix: write { kind: focal }"],
    ["claims=[]", "claims: unknown key"],
    ["__proto__.x=1", "unknown key"],
  ])("--set %s is refused", (set, message) => {
    expect(refusal(load(smallExperiment, set))).toContain(message)
  })

  it("never brings losslab down, whatever bytes a file has", () => {
    const bytes = Buffer.from(
      `${smallExperiment}sweep: { factors: [{ name: s, path: seed, values: [1, 2] }] }\n`,
    )
    const mutation = fc.record({
      at: fc.nat(bytes.length - 1),
      with: fc.oneof(
        fc.uint8Array({ maxLength: 3 }),
        fc.constantFrom(..."{}[]:,-*&!#|>'\"\t\n 0%@?~").map(Buffer.from),
      ),
    })
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const mutated = mutations.reduce(
          (before, { at, with: replacement }) =>
            Buffer.concat([before.subarray(0, at), replacement, before.subarray(at + replacement.length)]),
          bytes,
        )
        const loaded = loadExperiment(write("a.yaml", mutated), [], smallLanguage)
        if (loaded._tag === "Left") expect(loaded.left.length).toBeGreaterThan(0)
        else expect(loaded.right.cells.length).toBeGreaterThan(0)
      }),
      { numRuns: 200 },
    )
  })
})
