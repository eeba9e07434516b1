import { describe, expect, it } from "vitest"
import { override } from "../../../src/config/experiment/override.ts"
import { parseYaml } from "../../../src/config/yaml/parseYaml.ts"
import { toPlain } from "../../../src/config/yaml/toPlain.ts"
import { valueAt } from "../../../src/config/yaml/valueAt.ts"
import { accepted, refusal } from "../outcome.ts"

const text = `seed: 1
load: { size: [64, 64] }
augment:
  - { kind: flip, probability: 0.5 }
train:
  loss: { kind: focal, gamma: 2 }
`
const located = accepted(parseYaml({ file: "a.yaml", setBy: "a.yaml", text }))
const set = (...sets: string[]) => override({ located, texts: new Map([["a.yaml", text]]) }, sets)
const changed = (...sets: string[]) => toPlain(accepted(set(...sets)).located)
const lines = (...each: string[]) => each.join("\n")

describe("--set", () => {
  it("replaces values, in maps and in lists, and adds what is not there", () => {
    expect(
      changed("seed=2", "augment.0.probability=1", "load.size.1=32", "train.epochs=3", "a.b.c=x"),
    ).toEqual({
      seed: 2,
      load: { size: [64, 32] },
      augment: [{ kind: "flip", probability: 1 }],
      train: { loss: { kind: "focal", gamma: 2 }, epochs: 3 },
      a: { b: { c: "x" } },
    })
  })

  it("takes any YAML in one line", () => {
    expect(
      changed("seed=[1, 2]", "load=64", "train.loss.on=no", "augment=[]", "train.note='a = b'"),
    ).toMatchObject({
      seed: [1, 2],
      load: 64,
      train: { loss: { on: "no" }, note: "a = b" },
      augment: [],
    })
  })

  it("lays a map over what is there, and replaces it when the kind changes", () => {
    expect(changed("train.loss={ alpha: 1 }")).toMatchObject({
      train: { loss: { kind: "focal", gamma: 2, alpha: 1 } },
    })
    expect(changed("train.loss={ kind: bce }")).toMatchObject({ train: { loss: { kind: "bce" } } })
    expect(changed("train.loss.kind=bce")).toMatchObject({ train: { loss: { kind: "bce", gamma: 2 } } })
  })

  it("goes in order, the last one wins", () => {
    expect(changed("seed=2", "seed=3")).toMatchObject({ seed: 3 })
  })

  it("is where its values were written", () => {
    const { located: tree, texts } = accepted(set("train.loss={ kind: bce }"))
    const file = "--set train.loss={ kind: bce }"
    expect(valueAt(tree, ["train", "loss", "kind"])?.at).toEqual({
      ...{ file, setBy: file, line: 1, column: 26, endColumn: 29 },
    })
    expect(texts.get(file)).toBe(file)
    const train = valueAt(tree, ["train"])
    expect(train?.tag === "map" && train.entries.get("loss")?.key).toMatchObject({
      column: 13,
      endColumn: 17,
    })
  })
})

describe("a --set that cannot be done", () => {
  it("is shown, all of them at once", () => {
    expect(refusal(set("seed.x=3", "augment.1.probability=1", "load.size.rows=3"))).toBe(
      lines(
        "--set seed.x=3  there is no `x` within a single value",
        "  1 | --set seed.x=3",
        "    |            ^",
        "  found: the value 1",
        "  fix: end the path before this word",
        "",
        "--set augment.1.probability=1  the list has no item `1`",
        "  1 | --set augment.1.probability=1",
        "    |               ^",
        "  expected: `0`, the only item",
        "",
        "--set load.size.rows=3  the list has no item `rows`",
        "  1 | --set load.size.rows=3",
        "    |                 ^^^^",
        "  expected: an item from 0 to 1",
        "",
        "3 problems",
      ),
    )
    expect(refusal(set("augment=[]", "augment.0=x"))).toContain("expected: no item: the list is empty")
  })

  it("may not be a setting, or have no value or a broken one", () => {
    expect(
      refusal(
        set("train.epochs", "=3", "train..epochs=3", "seed=", "seed=[1", "seed=*x", "seed={a: 1, a: 2}"),
      ),
    ).toBe(
      lines(
        "--set train.epochs  not a setting",
        "  1 | --set train.epochs",
        "    |       ^^^^^^^^^^^^",
        "  expected: path=value, such as train.epochs=3",
        "",
        "--set =3  not a setting",
        "  1 | --set =3",
        "    |       ^",
        "  expected: path=value, such as train.epochs=3",
        "",
        "--set train..epochs=3  not a setting",
        "  1 | --set train..epochs=3",
        "    |       ^^^^^^^^^^^^^",
        "  expected: path=value, such as train.epochs=3",
        "",
        "--set seed=  there is no value",
        "  fix: write a value after the `=`, such as train.epochs=3",
        "",
        "--set seed=[1  a list in [ ] must end with a ]",
        "  1 | --set seed=[1",
        "    |              ^",
        "  fix: close every bracket and quote, and put a comma between items",
        "",
        "--set seed=*x  the alias `*x` is not supported",
        "  1 | --set seed=*x",
        "    |            ^^",
        "  fix: write the value out, or share it through `extends`",
        "",
        "--set seed={a: 1, a: 2}  duplicate key `a`",
        "  1 | --set seed={a: 1, a: 2}",
        "    |                   ^",
        "  found: the same key in line 1",
        "  fix: keep one of the two",
        "",
        "7 problems",
      ),
    )
  })

  it("may be about what only a file can say", () => {
    expect(refusal(set("extends=b.yaml"))).toContain("`extends` cannot be set")
  })
})
