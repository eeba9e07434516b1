import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { unpackWheel } from "../../../src/engine/tensorflow/unpackWheel.ts"
import type { Wheel } from "../../../src/engine/tensorflow/wheel.ts"
import { refusal } from "../../data/support/refusal.ts"
import { useFolder } from "../../support/folder.ts"

const write = useFolder()
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
const file = fixture("tinyWheel.whl")
const wheel = JSON.parse(readFileSync(fixture("tinyWheel.json"), "utf8")) as Wheel
const [framework, main] = wheel.members as [Wheel["members"][number], Wheel["members"][number]]

const unpack = (pinned: Partial<Wheel> = {}, onBytes: (bytes: number) => void = () => {}) =>
  unpackWheel({ ...wheel, ...pinned }, file, ".", onBytes)

const fix = "check the package index that pip uses (pip config list); nothing was installed"

describe("unpackWheel", () => {
  it("takes out the pinned members, without their folders, and leaves the rest", async () => {
    await unpack()
    expect(readdirSync(".").sort()).toEqual(["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"])
    expect(readFileSync("libtensorflow_cc.so.2")).toHaveLength(main.bytes)
    expect(readFileSync("libtensorflow_framework.so.2")).toHaveLength(framework.bytes)
  })

  it("takes out no other member than the pinned ones", async () => {
    await unpack({ members: [main] })
    expect(readdirSync(".")).toEqual(["libtensorflow_cc.so.2"])
  })

  it("counts the bytes of all members together, as they come", async () => {
    const counts: number[] = []
    await unpack({}, (bytes) => counts.push(bytes))
    expect(counts.at(-1)).toBe(framework.bytes + main.bytes)
    expect(counts.length).toBeGreaterThan(1)
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
  })

  it("takes out nothing when the wheel itself is another", async () => {
    const { kind, problems } = await refusal(unpack({ sha256: "0".repeat(64) }))
    expect(kind).toBe("environment")
    expect(problems).toEqual([
      {
        message: "tinyWheel.whl is not the file that losslab pins",
        expected: "0".repeat(64),
        found: wheel.sha256,
        fix,
      },
    ])
    expect(readdirSync(".")).toEqual([])
  })

  it.each([0, 1])("names the member that is another: %i", async (at) => {
    const members = wheel.members.map((member, i) =>
      i === at ? { ...member, sha256: "f".repeat(64) } : member,
    )
    expect((await refusal(unpack({ members }))).problems).toEqual([
      {
        message: `${members[at]!.path} is not the file that losslab pins`,
        expected: "f".repeat(64),
        found: wheel.members[at]!.sha256,
        fix,
      },
    ])
  })

  it("names the first member that is missing", async () => {
    const members = [
      main,
      { ...framework, path: "tensorflow/none.so" },
      { ...main, path: "tensorflow/other.so" },
    ]
    expect((await refusal(unpack({ members }))).problems).toEqual([
      {
        message: "tinyWheel.whl is not the file that losslab pins",
        expected: "a member tensorflow/none.so",
        found: "none",
        fix,
      },
    ])
  })

  it("writes over no file", async () => {
    write("libtensorflow_cc.so.2", "mine")
    await expect(unpack()).rejects.toMatchObject({ code: "EEXIST" })
    expect(readFileSync("libtensorflow_cc.so.2", "utf8")).toBe("mine")
  })
})
