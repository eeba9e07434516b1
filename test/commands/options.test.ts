import { Command } from "commander"
import { describe, expect, it } from "vitest"
import {
  backendOption,
  folder,
  index,
  jsonOption,
  named,
  outOption,
  profileOption,
  setOption,
} from "../../src/commands/options.ts"
import { refusal } from "../data/support/refusal.ts"

const parsed = (...words: readonly string[]) =>
  new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .addOption(setOption())
    .addOption(outOption())
    .addOption(backendOption())
    .addOption(profileOption())
    .addOption(jsonOption())
    .parse(words, { from: "user" })
    .opts()

describe("options that several verbs have", () => {
  it("are left out by most", () => {
    expect(parsed()).toEqual({ set: [], backend: "auto", profile: false, json: false })
  })

  it("are taken as they are said, and --set as often as it is said, in order", () => {
    const words = ["--set", "a=1", "--out", "runs/a", "--set", "b=2", "--backend", "javascript"]
    expect(parsed(...words, "--profile", "--json")).toEqual({
      ...{ set: ["a=1", "b=2"], out: "runs/a", backend: "javascript", profile: true, json: true },
    })
  })

  it("do not remember what was said to another command", () => {
    parsed("--set", "a=1")
    expect(parsed("--set", "b=2").set).toEqual(["b=2"])
  })

  it("take no engine that there is not", () => {
    expect(() => parsed("--backend", "torch")).toThrow("Allowed choices are auto, tensorflow, javascript")
  })
})

describe("an empty name, as of a variable that is not set", () => {
  it("is no folder", async () => {
    expect(folder("runs/a")).toBe("runs/a")
    for (const attempt of [() => folder(""), () => parsed("--out", "")]) {
      const { kind, problems } = await refusal(attempt)
      expect({ kind, problems }).toEqual({
        kind: "usage",
        problems: [
          {
            message: "--out names no folder",
            found: '""',
            fix: "name a folder, or leave the option out to get the default",
          },
        ],
      })
    }
  })

  it("is nothing", async () => {
    expect(named("--run")("runs/a")).toBe("runs/a")
    const { kind, problems } = await refusal(() => named("--run")(""))
    expect({ kind, problems }).toEqual({
      kind: "usage",
      problems: [{ message: "--run names nothing", found: '""' }],
    })
  })
})

describe("--index", () => {
  it("is a whole number", () => {
    expect([index("0"), index("12"), index("007")]).toEqual([0, 12, 7])
  })

  it.each(["", "x", "-1", "1.5", "1e3", " 1", "1x"])("is not %j", async (text) => {
    const { kind, problems } = await refusal(() => index(text))
    expect({ kind, problems }).toEqual({
      kind: "usage",
      problems: [
        {
          message: "--index is not the number of a cell",
          expected: "a whole number, 0 or more",
          found: JSON.stringify(text),
          fix: "count from 0, in the order of the plan's cells",
        },
      ],
    })
  })
})
