import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { describe, expect, it } from "vitest"

const root = resolve(import.meta.dirname, "../..")

const pages = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join("docs", path)),
]

/** Where the links of a page point: `[text](target)`, without those inside code. */
const targetsOf = (text: string): readonly string[] =>
  [
    ...text
      .replace(/^ *```[\s\S]*?^ *```/gm, "")
      .replace(/`[^`]*`/g, "")
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map(([, target]) => target!)

/** What GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-")

const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!))

/** Why a link of a page leads nowhere, or null. */
const fault = (page: string, target: string): string | null => {
  if (/^[a-z]+:/.test(target)) return null // another site
  const [path = "", anchor] = target.split("#")
  const file = path === "" ? join(root, page) : resolve(root, dirname(page), path)
  if (!existsSync(file)) return `${page}: ${target} is not there`
  if (anchor === undefined || anchorsOf(readFileSync(file, "utf8")).includes(anchor)) return null
  return `${page}: ${relative(root, file)} has no heading #${anchor}`
}

describe("links of the documentation", () => {
  it("lead to files and headings that are there", () => {
    const faults = pages.flatMap((page) =>
      targetsOf(readFileSync(join(root, page), "utf8")).flatMap((target) => fault(page, target) ?? []),
    )
    expect(faults).toEqual([])
  })

  it("are read outside of code only", () => {
    expect(targetsOf("see [a](b.md#c) and `[no](link)`\n```\n[no](link)\n```\n[d](e)")).toEqual([
      "b.md#c",
      "e",
    ])
  })
})
