import { either as E } from "fp-ts"
import { describe, expect, it } from "vitest"
import { decode } from "../../../src/config/language/decode.ts"
import { example } from "../examples.ts"
import { locatedYaml } from "../locatedYaml.ts"
import { refusals } from "../refusals.ts"

describe("decode", () => {
  it("finds everything at once, in the order of the source", () => {
    const problems = refusals("epochs: 0\nlos: 1\nschedule:\n  end: -1\n  start: x\nname: A\n")
    expect(problems.map((problem) => problem.split(" | ")[0])).toEqual([
      "a.yaml:1:1 loss: missing",
      "a.yaml:1:9 epochs: out of range",
      "a.yaml:2:1 los: unknown key",
      "a.yaml:4:8 schedule.end: out of range",
      "a.yaml:5:10 schedule.start: wrong type",
      "a.yaml:6:7 name: malformed",
    ])
  })

  it("names each file that a part comes from, in the order of the texts", () => {
    const base = locatedYaml("name: A\nepochs: 0", "base.yaml")
    const own = locatedYaml("loss: { kind: dise }", "own.yaml")
    if (base.tag !== "map" || own.tag !== "map") throw new Error("two maps")
    const merged = { ...own, entries: new Map([...own.entries, ...base.entries]) }
    const texts = new Map([["base.yaml", "name: A\nepochs: 0"]])
    const result = decode(example, merged, texts)
    expect(E.isLeft(result) && result.left.map(({ file, setBy, snippet }) => [file, setBy, snippet])).toEqual(
      [
        ["own.yaml", "own.yaml", undefined], // whose text is not known
        ["base.yaml", "base.yaml", "  1 | name: A\n    |       ^"],
        ["base.yaml", "base.yaml", "  1 | name: A\n  2 | epochs: 0\n    |         ^"],
      ],
    )
  })

  it("is a problem as a whole", () => {
    const yaml = "name: a\nloss:\n  kind: focal\n  alpha: 1\n  gama: 2.0\n"
    expect(decode(example, locatedYaml(yaml), new Map([["a.yaml", yaml]]))).toEqual(
      E.left([
        {
          message: "loss.gama: unknown key",
          file: "a.yaml",
          line: 5,
          column: 3,
          path: "loss.gama",
          expected: "one of `preset`, `gamma`, `alpha`, `kernel`",
          suggestion: "gamma",
          setBy: "a.yaml",
          snippet: "  4 |   alpha: 1\n  5 |   gama: 2.0\n    |   ^^^^",
        },
      ]),
    )
  })

  it("leaves out what a problem does not say", () => {
    const yaml =
      "loss: { kind: focal, gama: 1 }\nweights: { constructor: 1 }\nepochs: 0\nname: a\nschedule: 3"
    const result = decode(example, locatedYaml(yaml), new Map())
    const place = ["message", "file", "line", "column", "setBy"]
    const said = E.isLeft(result)
      ? result.left.map(({ path, ...rest }) => [
          path,
          ...Object.keys(rest).filter((key) => !place.includes(key)),
        ])
      : []
    expect(said).toEqual([
      ["loss.alpha", "expected"],
      ["loss.gama", "expected", "suggestion"],
      ["weights.constructor", "fix"],
      ["epochs", "expected", "found"],
      ["schedule", "expected", "found"],
    ])
    const whole = decode(example, locatedYaml("- 1"), new Map())
    expect(E.isLeft(whole) && whole.left.map((problem) => "path" in problem)).toEqual([false])
  })

  it("hands out what was written, with the defaults", () => {
    expect(decode(example, locatedYaml("loss: { kind: dice }\nname: a-1"), new Map())).toEqual(
      E.right({
        name: "a-1",
        loss: { kind: "dice", smooth: 1e-5 },
        epochs: 10,
        shuffle: true,
        keep: "last",
        train: "all",
        baseline: null,
        weights: { full: 1 },
        schedule: { start: 0.01, end: 0 },
      }),
    )
  })
})
