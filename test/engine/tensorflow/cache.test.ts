import { mkdirSync, rmSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { cacheDefect, cacheFolder, markerName, markerText } from "../../../src/engine/tensorflow/cache.ts"
import { tensorflowWheel, type Wheel } from "../../../src/engine/tensorflow/wheel.ts"
import { useFolder } from "../../support/folder.ts"

const write = useFolder()

const wheel: Wheel = {
  ...{ project: "tiny", version: "1.5", fileName: "tiny.whl", bytes: 10, sha256: "ab" },
  tags: { python: "3.11", abi: "cp311", platform: "any" },
  members: [
    { path: "deep/inside/one.so", bytes: 3, sha256: "c" },
    { path: "two.so", bytes: 4, sha256: "d" },
  ],
}

/** A folder that is complete. */
const complete = () => {
  write("f/one.so", "123")
  write("f/two.so", "1234")
  write(join("f", markerName), markerText(wheel))
}

describe("cacheFolder", () => {
  it("lies in the user's cache, one for each version", () => {
    expect(cacheFolder({ HOME: "/home/me" })).toBe(
      `/home/me/.cache/losslab/tensorflow-${tensorflowWheel.version}-linux-x86_64`,
    )
    expect(cacheFolder({ HOME: "/home/me" }, wheel)).toBe(
      "/home/me/.cache/losslab/tensorflow-1.5-linux-x86_64",
    )
    expect(cacheFolder({}, wheel)).toBe(join(homedir(), ".cache/losslab/tensorflow-1.5-linux-x86_64"))
  })

  it("lies where XDG_CACHE_HOME says, unless that is empty", () => {
    expect(cacheFolder({ HOME: "/home/me", XDG_CACHE_HOME: "/big" }, wheel)).toBe(
      "/big/losslab/tensorflow-1.5-linux-x86_64",
    )
    expect(cacheFolder({ HOME: "/home/me", XDG_CACHE_HOME: "" }, wheel)).toMatch(/^\/home\/me\/\.cache\//)
  })
})

describe("cacheDefect", () => {
  it("is null for a complete folder", () => {
    complete()
    expect(cacheDefect("f", wheel)).toBeNull()
  })

  it.each([
    ["no folder", () => rmSync("f", { recursive: true }), "not installed"],
    [
      "no marker",
      () => rmSync("f/installed.json"),
      "f/installed.json is missing: the installation did not finish",
    ],
    [
      "the marker of another build",
      () => write("f/installed.json", markerText({ ...wheel, sha256: "ac" })),
      "f/installed.json belongs to another build",
    ],
    ["no library", () => rmSync("f/one.so"), "f/one.so is missing"],
    ["a short one", () => write("f/two.so", "123"), "f/two.so has 3 bytes instead of 4"],
    ["a long one", () => write("f/one.so", "12345"), "f/one.so has 5 bytes instead of 3"],
  ])("names what is wrong: %s", (_, damage, defect) => {
    complete()
    damage()
    expect(cacheDefect("f", wheel)).toBe(defect)
  })

  it("is of the pinned build unless told otherwise", () => {
    mkdirSync("f")
    write("f/installed.json", markerText(tensorflowWheel))
    expect(cacheDefect("f")).toBe("f/libtensorflow_framework.so.2 is missing")
  })
})

describe("markerText", () => {
  it("tells builds apart by file, hash and members, in the text that is there since the first release", () => {
    expect(markerText({ ...wheel, members: wheel.members.slice(1) })).toBe(
      [
        "{",
        '  "wheel": "tiny.whl",',
        '  "sha256": "ab",',
        '  "members": [',
        "    {",
        '      "path": "two.so",',
        '      "bytes": 4,',
        '      "sha256": "d"',
        "    }",
        "  ]",
        "}",
        "",
      ].join("\n"),
    )
  })
})
