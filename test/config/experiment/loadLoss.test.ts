import { resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { loadLoss, loadModuleLoss } from "../../../src/config/experiment/loadLoss.ts"
import { useFolder } from "../../support/folder.ts"
import { accepted, refusal } from "../outcome.ts"

const write = useFolder()

describe("a loss on its own", () => {
  it("is a kind, inline YAML, or a file", () => {
    const agBce = { kind: "agBce", kernel: 4, hardWeight: 4, form: "reference" }
    expect(accepted(loadLoss("agBce"))).toEqual(agBce)
    expect(accepted(loadLoss("{ kind: agBce, kernel: 1 }"))).toEqual({ ...agBce, kernel: 1 })
    expect(accepted(loadLoss("kind: agBce\nkernel: 2"))).toEqual({ ...agBce, kernel: 2 })
    expect(accepted(loadLoss("kind: agBce"))).toEqual(agBce)
    expect(accepted(loadLoss(write("loss.yaml", "kind: agBce\nhardWeight: 2\n")))).toEqual({
      ...agBce,
      hardWeight: 2,
    })
  })

  it("has paths relative to its file, or to the working directory", () => {
    const file = write("losses/loss.yaml", "kind: module\npath: own.ts\n")
    const path = (said: string) => accepted(loadLoss(said)).path
    expect(path(file)).toBe(resolve("losses/own.ts"))
    expect(path("{ kind: module, path: own.ts }")).toBe(resolve("own.ts"))
  })

  it("is refused where it is wrong", () => {
    expect(refusal(loadLoss("agBec"))).toContain("kind: unknown loss")
    expect(refusal(loadLoss("{ kind: agBce, kernl: 1 }"))).toContain("<spec>:1:16  kernl: unknown key")
    expect(refusal(loadLoss("{ kind: agBce"))).toContain("<spec>")
    expect(refusal(loadLoss("nowhere.yaml"))).toContain("nowhere.yaml  there is no such file")
    expect(refusal(loadLoss(write("loss.yaml", "kind: agBce\nkernel: 0\n")))).toContain(
      "loss.yaml:2:9  kernel: out of range",
    )
  })
})

describe("a module as --module and --options say it", () => {
  it("is a loss with its absolute path and these options", () => {
    expect(accepted(loadModuleLoss("sub/own.ts", "{ share: 0.5, path: x }"))).toEqual({
      kind: "module",
      path: resolve("sub/own.ts"),
      options: { share: 0.5, path: "x" },
    })
  })

  it("is refused where its options are wrong", () => {
    expect(refusal(loadModuleLoss("own.ts", "{ share: { a: 1 } }"))).toContain(
      "--options:1:10  share: wrong type",
    )
    expect(refusal(loadModuleLoss("own.ts", "[1]"))).toContain("wrong type")
    expect(refusal(loadModuleLoss("own.ts", "{ share: 1"))).toContain("--options")
  })
})
