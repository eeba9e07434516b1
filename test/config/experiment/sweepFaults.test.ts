import { describe, expect, it } from "vitest"
import { combinations } from "../../../src/config/experiment/combinations.ts"
import { loadExperiment } from "../../../src/config/experiment/loadExperiment.ts"
import { useFolder } from "../../support/folder.ts"
import { locatedYaml } from "../locatedYaml.ts"
import { accepted, refusal } from "../outcome.ts"
import { smallExperiment, smallLanguage } from "../smallLanguage.ts"

const write = useFolder()
const load = (text: string, ...sets: string[]) => loadExperiment(write("a.yaml", text), sets, smallLanguage)
const withSweep = (...factors: string[]) =>
  load(`${smallExperiment}sweep:\n  factors:\n${factors.map((factor) => `    - ${factor}\n`).join("")}`)
const lines = (...text: string[]) => text.join("\n")

const loss = "{ name: loss, path: train.loss, values: { bce: { kind: bce }, soft: { gamma: 0 } } }"

describe("what is wrong with a sweep", () => {
  it("is shown at the value that does not fit its path, once, however many cells have it", () => {
    expect(
      refusal(
        withSweep(
          "{ name: l, path: train.loss, values: { a: { kind: bec }, b: { gamma: 9 } } }",
          "{ name: seed, path: seed, values: [1, 2.5] }",
        ),
      ),
    ).toBe(
      lines(
        "a.yaml:14:57  train.loss.kind: unknown loss",
        "  13 |   factors:",
        "  14 |     - { name: l, path: train.loss, values: { a: { kind: bec }, b: { gamma: 9 } } }",
        "     |                                                         ^^^",
        "  expected: one of `bce`, `focal`, `module`",
        '  found: "bec"',
        "  did you mean `bce`?",
        "",
        "a.yaml:15:45  seed: not an integer",
        "  14 |     - { name: l, path: train.loss, values: { a: { kind: bec }, b: { gamma: 9 } } }",
        "  15 |     - { name: seed, path: seed, values: [1, 2.5] }",
        "     |                                             ^^^",
        "  expected: an integer from 0 to 2147483647",
        "  found: 2.5",
        "",
        "a.yaml:14:76  train.loss.gamma: out of range",
        "  13 |   factors:",
        "  14 |     - { name: l, path: train.loss, values: { a: { kind: bec }, b: { gamma: 9 } } }",
        "     |                                                                            ^",
        "  expected: a number from 0 to 5",
        "  found: 9",
        "",
        "3 problems",
      ),
    )
  })

  it("is shown in the path that leads nowhere", () => {
    expect(
      refusal(
        withSweep(
          "{ name: a, path: train.epoch, values: [1] }",
          "{ name: b, path: train.epochs.x, values: [1] }",
          "{ name: c, path: augment.3, values: [1] }",
          '{ name: d, path: "train.los.gamma", values: [1] }',
        ),
      ),
    ).toContain("a.yaml:15:37  there is no `x` within a single value")
    expect(refusal(withSweep("{ name: a, path: train.epoch, values: [1] }"))).toBe(
      lines(
        "a.yaml:14:30  train.epoch: unknown key",
        "  13 |   factors:",
        "  14 |     - { name: a, path: train.epoch, values: [1] }",
        "     |                              ^^^^^",
        "  expected: one of `model`, `loss`, `optimizer`, `schedule`, `epochs`, `batchSize`, `keep`, `precision`",
        "  did you mean `epochs`?",
      ),
    )
    expect(refusal(withSweep("{ name: c, path: augment.3, values: [1] }"))).toContain("augment: wrong type")
    expect(refusal(withSweep("{ name: c, path: load.size.3, values: [1] }"))).toContain(
      "the list has no item `3`",
    )
    expect(refusal(withSweep('{ name: d, path: "train.los.gamma", values: [1] }'))).toContain(
      "a.yaml:14:24  train.los: unknown key",
    )
  })

  it("may be what cells cannot differ in", () => {
    expect(refusal(withSweep("{ name: a, path: trian.epochs, values: [1] }"))).toBe(
      lines(
        "a.yaml:14:24  a factor cannot change `trian`",
        "  13 |   factors:",
        "  14 |     - { name: a, path: trian.epochs, values: [1] }",
        "     |                        ^^^^^",
        "  at: sweep.factors",
        "  expected: a path that begins with seed, load, augment, train, evaluate",
        "  did you mean `train`?",
      ),
    )
    for (const path of ["name", "report.title", "sweep.factors", "extends", "''"])
      expect(refusal(withSweep(`{ name: a, path: ${path}, values: [a] }`))).toContain(
        "a factor cannot change",
      )
  })

  it("may be two factors in each other's way", () => {
    expect(
      refusal(
        withSweep(
          "{ name: a, path: train.epochs, values: [1] }",
          "{ name: a, path: train.epochs, values: [2] }",
          "{ name: b, path: train, values: { x: { keep: last } } }",
        ),
      ),
    ).toBe(
      lines(
        "a.yaml:15:15  two factors have the name `a`",
        "  14 |     - { name: a, path: train.epochs, values: [1] }",
        "  15 |     - { name: a, path: train.epochs, values: [2] }",
        "     |               ^",
        "  at: sweep.factors",
        "  fix: give each a name of its own",
        "",
        "a.yaml:15:24  this replaces what the factor `a` puts at train.epochs",
        "  14 |     - { name: a, path: train.epochs, values: [1] }",
        "  15 |     - { name: a, path: train.epochs, values: [2] }",
        "     |                        ^^^^^^^^^^^^",
        "  at: sweep.factors",
        "  fix: make one factor of the two",
        "",
        "a.yaml:16:24  this replaces what the factor `a` puts at train.epochs",
        "  15 |     - { name: a, path: train.epochs, values: [2] }",
        "  16 |     - { name: b, path: train, values: { x: { keep: last } } }",
        "     |                        ^^^^^",
        "  at: sweep.factors",
        "  fix: name this factor first",
        "",
        "3 problems",
      ),
    )
  })

  it.each([
    ["[1, 1]", "the value `1` is named twice"],
    ['[1, "1"]', "the value `1` is named twice"],
    ["[]", "too few items"],
    ["{}", "too few entries"],
    ["3", "values: wrong type"],
    ["[{ a: 1 }]", "values.0: wrong type"],
    ["[a b]", "this cannot be a label"],
    ["{ ../up: 1 }", "this cannot be a label"],
    ["{ a/b: 1 }", "this cannot be a label"],
    ["{ '': 1 }", "this cannot be a label"],
    ["{ seed=1: 1 }", "this cannot be a label"],
    ["{ a: null }", "wrong type"],
  ])("may be its values: %s", (values, message) => {
    expect(refusal(withSweep(`{ name: a, path: seed, values: ${values} }`))).toContain(message)
  })

  it("may be a factor that is none", () => {
    expect(refusal(withSweep("{ nam: a, path: seed, values: [1] }"))).toContain("did you mean `name`?")
    expect(refusal(withSweep("{ name: a b, path: seed, values: [1] }"))).toContain(
      "sweep.factors.0.name: malformed",
    )
    expect(refusal(withSweep("3"))).toContain("sweep.factors.0: wrong type")
    expect(refusal(load(`${smallExperiment}sweep: [1]\n`))).toContain("sweep: wrong type")
  })

  it("may be that there is too much of it", () => {
    const hundred = Array.from({ length: 101 }, (_, i) => i + 1).join(", ")
    const factor = (name: string, path: string) => `{ name: ${name}, path: ${path}, values: [${hundred}] }`
    const three = refusal(
      withSweep(factor("a", "seed"), factor("b", "train.epochs"), factor("c", "train.batchSize")),
    )
    expect(three).toContain("a.yaml:16:15  the factors make 1,030,301 cells")
    expect(three).toContain(lines("  at: sweep.factors", "  expected: at most 10,000"))
    expect(refusal(withSweep(factor("a", "seed"), factor("b", "train.epochs")))).toContain(
      "the factors make 10,201 cells",
    )
  })

  it("is not too much of it up to ten thousand cells", () => {
    const of = (first: number, second: number) => {
      const values = (count: number) => Array.from({ length: count }, (_, i) => i)
      const factors = [
        { name: "a", path: "seed", values: values(first), block: false },
        { name: "b", path: "train", values: values(second), block: false },
      ]
      const located = locatedYaml(JSON.stringify({ sweep: { factors } }))
      return combinations(factors, located, new Map())
    }
    expect(accepted(of(100, 100))).toHaveLength(10_000)
    expect(refusal(of(73, 137))).toContain("the factors make 10,001 cells")
  })

  it("does not hide what else is wrong", () => {
    const text = smallExperiment.replace("epochs: 10", "epochs: ten").replace("kind: focal", "kind: x")
    const both = refusal(load(`${text}sweep:\n  factors:\n    - ${loss}\n    - ${loss}\n`))
    expect(both).toContain("two factors have the name `loss`")
    expect(both).toContain("train.epochs: wrong type")
    expect(both).not.toContain("unknown loss")
  })
})
