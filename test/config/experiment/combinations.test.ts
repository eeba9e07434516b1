import { describe, expect, it } from "vitest"
import { loadExperiment } from "../../../src/config/experiment/loadExperiment.ts"
import { useFolder } from "../../support/folder.ts"
import { accepted, refusal } from "../outcome.ts"
import { smallExperiment, smallLanguage } from "../smallLanguage.ts"

const write = useFolder()
const load = (text: string, ...sets: string[]) => loadExperiment(write("a.yaml", text), sets, smallLanguage)
const withSweep = (...factors: string[]) =>
  load(`${smallExperiment}sweep:\n  factors:\n${factors.map((factor) => `    - ${factor}\n`).join("")}`)
const lines = (...text: string[]) => text.join("\n")

const loss = "{ name: loss, path: train.loss, values: { bce: { kind: bce }, soft: { gamma: 0 } } }"
const seed = "{ name: seed, path: seed, values: [1, 2], block: true }"

describe("a sweep", () => {
  it("makes every combination of its factors a cell, the last factor changing first", () => {
    const { cells, spec } = accepted(withSweep(loss, seed))
    expect(cells.map(({ label, factors, blocks }) => ({ label, factors, blocks }))).toEqual([
      { label: "bce seed=1", factors: { loss: "bce", seed: "1" }, blocks: ["seed"] },
      { label: "bce seed=2", factors: { loss: "bce", seed: "2" }, blocks: ["seed"] },
      { label: "soft seed=1", factors: { loss: "soft", seed: "1" }, blocks: ["seed"] },
      { label: "soft seed=2", factors: { loss: "soft", seed: "2" }, blocks: ["seed"] },
    ])
    expect(cells.map((cell) => [cell.spec.train.loss, cell.spec.seed])).toEqual([
      [{ kind: "bce" }, 1],
      [{ kind: "bce" }, 2],
      [{ kind: "focal", gamma: 0 }, 1],
      [{ kind: "focal", gamma: 0 }, 2],
    ])
    expect([spec.train.loss, spec.seed]).toEqual([{ kind: "focal", gamma: 1 }, 1234])
  })

  it("labels by the key of a map, and by name and value of a list or a block", () => {
    const labels = (...factors: string[]) => accepted(withSweep(...factors)).cells.map(({ label }) => label)
    expect(labels("{ name: epochs, path: train.epochs, values: [1, 2] }")).toEqual(["epochs=1", "epochs=2"])
    expect(labels("{ name: fold, path: load.split.seed, values: { a: 1, b: 2 }, block: true }")).toEqual([
      "fold=a",
      "fold=b",
    ])
    expect(labels("{ name: keep, path: train.keep, values: [last] }", loss)).toEqual([
      "keep=last bce",
      "keep=last soft",
    ])
  })

  it("may give what the file leaves out, and refine what an earlier factor put", () => {
    const text = smallExperiment.replace("  loss: { kind: focal, gamma: 1 }\n", "")
    const { cells, spec } = accepted(
      load(`${text}sweep:
  factors:
    - { name: loss, path: train.loss, values: { focal: { kind: focal } } }
    - { name: gamma, path: train.loss.gamma, values: [0.5, 1e-3] }
`),
    )
    expect(cells.map(({ label, spec: each }) => [label, each.train.loss])).toEqual([
      ["focal gamma=0.5", { kind: "focal", gamma: 0.5 }],
      ["focal gamma=0.001", { kind: "focal", gamma: 0.001 }],
    ])
    expect(spec).toEqual(cells[0]?.spec)
  })

  it("reaches into lists, and takes its paths relative to its file", () => {
    write("base/base.yaml", smallExperiment)
    const text = `extends: ../base/base.yaml
augment: [{ kind: flip }]
sweep:
  factors:
    - { name: flip, path: augment.0.probability, values: [0, 1] }
    - { name: loss, path: train.loss, values: { own: { kind: module, path: own.ts } } }
`
    const { cells } = accepted(loadExperiment(write("top/a.yaml", text), [], smallLanguage))
    expect(cells.map(({ spec }) => spec.augment)).toEqual([
      [{ kind: "flip", probability: 0 }],
      [{ kind: "flip", probability: 1 }],
    ])
    expect(cells[0]?.spec.train.loss).toEqual({ kind: "module", path: `${process.cwd()}/top/own.ts` })
  })

  it("compares the cells without their block factors, or under the experiment's name", () => {
    const methods = (...factors: string[]) =>
      accepted(withSweep(...factors)).cells.map(({ method }) => method)
    expect(methods(seed, loss)).toEqual(["bce", "soft", "bce", "soft"])
    expect(methods("{ name: seed, path: seed, values: [1, 2] }")).toEqual(["seed=1", "seed=2"])
    expect(methods(seed)).toEqual(["small", "small"])
  })

  it("is compared with the cell that report.baseline names, without its block factors", () => {
    const baseline = (name: string, ...factors: string[]) =>
      load(`${smallExperiment}report: { baseline: ${name} }\nsweep:\n  factors: [${factors.join(", ")}]\n`)
    expect(accepted(baseline("bce", loss, seed)).spec.report.baseline).toBe("bce")
    accepted(baseline("small", seed))
    accepted(baseline("small"))
    expect(refusal(baseline("bec", loss, seed))).toBe(
      lines(
        "a.yaml:12:21  report.baseline: no cell has this label",
        "  11 |   batchSize: 8",
        "  12 | report: { baseline: bec }",
        "     |                     ^^^",
        "  expected: one of `bce`, `soft`",
        '  found: "bec"',
        "  did you mean `bce`?",
      ),
    )
  })

  it("may be overridden", () => {
    const text = `${smallExperiment}sweep:\n  factors: [${seed}]\n`
    expect(accepted(load(text, "sweep.factors.0.values=[7]")).cells.map(({ label }) => label)).toEqual([
      "seed=7",
    ])
    expect(accepted(load(text, "sweep.factors=[]")).cells.map(({ label }) => label)).toEqual(["small"])
  })
})
