import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { type Touching, touchingTests } from "../../../tools/mutants/touchingTests.ts"
import { temporaryFolder } from "../../support/temporaryFolder.ts"

/** A test of both files of a room, one of another room that imports one, one that spawns the program. */
const files = {
  "src/room/near.ts": 'import "./far.ts"\n',
  "src/room/far.ts": "",
  "src/room/lone.ts": "",
  "src/program.ts": 'await import("./room/lone.ts")\n',
  "test/room/near.test.ts": 'import { a } from "../../src/room/near.ts"\n',
  "test/room/far.test.ts": 'import "../../src/room/far.ts"\n',
  "test/room/stranger.test.ts": "",
  "test/other/uses.test.ts": 'import type { A } from "../../src/room/near.ts"\n',
  "test/other/start.ts": 'new URL("../../src/program.ts", import.meta.url)\n',
  "test/other/spawns.test.ts": 'import "./start.ts"\n',
}

/** The tests that touch a file of the room. */
const testsOf = async (file: string): Promise<readonly Touching[]> => {
  const root = await temporaryFolder()
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return touchingTests(root, ["test/room"])(file)
}

describe("touchingTests", () => {
  it("puts a file's own test first, then those of its room by distance", async () => {
    expect(await testsOf("src/room/far.ts")).toEqual([
      { test: "test/room/far.test.ts", distance: 1 },
      { test: "test/room/near.test.ts", distance: 2 },
    ])
  })

  it("takes tests of other rooms that import the file themselves", async () => {
    expect((await testsOf("src/room/near.ts")).map(({ test }) => test)).toEqual([
      "test/room/near.test.ts",
      "test/other/uses.test.ts",
    ])
  })

  it("goes through programs that are named by a path, where nothing is nearer", async () => {
    expect(await testsOf("src/room/lone.ts")).toEqual([{ test: "test/other/spawns.test.ts", distance: 3 }])
  })
})
