import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { profileText } from "../../../src/commands/run/profileText.ts"
import { tellProfiles } from "../../../src/commands/run/tellProfiles.ts"
import type { Profile } from "../../../src/pipeline/profile/profile.ts"
import { writeProfile } from "../../../src/sweep/profileFile.ts"
import { useFolder } from "../../support/folder.ts"
import { plannedCell } from "../../sweep/plannedCell.ts"

useFolder()

const profile: Profile = {
  traceEvents: [],
  displayTimeUnit: "ms",
  otherData: {
    ...{ cell: "bce", key: "k", engine: "none", seconds: 2 },
    ...{ spans: [], trainingStep: [], forwardPass: [], notes: [] },
  },
}
const cells = ["a", "b", "c"].map((label) => plannedCell(label))

const told = async (): Promise<string> => {
  let text = ""
  await tellProfiles(join(process.cwd(), "run"), cells, (part) => {
    text += part
  })
  return text
}

const profiled = async (label: string): Promise<void> => {
  mkdirSync(`run/cells/${label}`, { recursive: true })
  await writeProfile(`run/cells/${label}`, profile)
}

const nothing = (labels: string) =>
  `\nnothing was profiled of ${labels}: the results were there before, and nothing was computed\n  fix: profile a run that begins anew: LOSSLAB_STORE=<empty folder>, and --out <another folder>\n`

it("tells where each profile lies and what it says, then of which cells there is none", async () => {
  await profiled("b")
  expect(await told()).toBe(
    `\nb  profile: run/cells/b/profile.json\n\n${profileText(profile)}${nothing("a, c")}`,
  )
})

it("says nothing of profiles that are missing where none is", async () => {
  for (const label of ["a", "b", "c"]) await profiled(label)
  const each = (label: string) =>
    `\n${label}  profile: run/cells/${label}/profile.json\n\n${profileText(profile)}`
  expect(await told()).toBe(["a", "b", "c"].map(each).join(""))
})
