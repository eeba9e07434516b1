import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { Profile } from "../../src/pipeline/profile/profile.ts"
import { profileFile, readProfile, writeProfile } from "../../src/sweep/profileFile.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const profile: Profile = {
  traceEvents: [],
  displayTimeUnit: "ms",
  otherData: {
    ...{ cell: "bce", key: "k", engine: "none", seconds: 2 },
    ...{ spans: [], trainingStep: [], forwardPass: [], notes: ["a note"] },
  },
}

describe("a cell's profile", () => {
  it("is read as it was written, from one line of profile.json", async () => {
    const folder = await temporaryFolder()
    await writeProfile(folder, profile)
    expect(profileFile(folder)).toBe(join(folder, "profile.json"))
    expect(await readFile(join(folder, "profile.json"), "utf8")).toBe(`${JSON.stringify(profile)}\n`)
    expect(await readProfile(folder)).toEqual(profile)
  })

  it.each([
    ["torn", '{"traceEvents":['],
    ["null", "null"],
    ["of an older losslab, without totals", '{"traceEvents":[]}'],
    ["of an older losslab, without those of a step", '{"traceEvents":[],"otherData":{"spans":[]}}'],
  ])("counts for none where it is %s", async (_, text) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, "profile.json"), text)
    expect(await readProfile(folder)).toBeUndefined()
  })

  it("is none in a folder without one, and where something else stands", async () => {
    const folder = await temporaryFolder()
    expect(await readProfile(folder)).toBeUndefined()
    await mkdir(join(folder, "profile.json"))
    expect(await readProfile(folder)).toBeUndefined()
  })
})
