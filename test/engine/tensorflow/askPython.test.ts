import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it, vi } from "vitest"
import { askPython } from "../../../src/engine/tensorflow/askPython.ts"
import { useFolder } from "../../support/folder.ts"

// As it is; only how it is called can be seen.
vi.mock(import("node:child_process"), async (importOriginal) => {
  const original = await importOriginal()
  return { ...original, execFileSync: vi.fn(original.execFileSync) as never }
})

const write = useFolder()

/** What is made of a python3 that is this shell script. */
const ask = (script: string, question = "print()") => {
  mkdirSync("bin", { recursive: true })
  writeFileSync("bin/python3", `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return askPython(question, { PATH: join(process.cwd(), "bin"), MINE: "kept" })
}

const otherwise = { reason: "python3 printed something else than the answer" }

describe("askPython", () => {
  it("runs the script with the user's environment and takes the last line for the answer", () => {
    write("answer", '["hello"]\n["a", null]\n\n')
    const script = 'printf "%s\\n" "$@" "$MINE" > asked\nwhile read -r line; do echo "$line"; done < answer'
    expect(ask(script, "import json\nprint(1)")).toEqual({ answer: ["a", null] })
    expect(readFileSync("asked", "utf8")).toBe("-c\nimport json\nprint(1)\nkept\n")
  })

  it.each(["[]", '["a"]', "[null]"])("takes the list %s", (list) => {
    write("list", list)
    expect(ask('read -r line < list\necho "$line"')).toEqual({ answer: JSON.parse(list) })
  })

  it.each(["7", "null", '{"a": "b"}', '"text"', "[1]", '["a", 2]', "hello", ""])(
    "takes nothing else: %s",
    (line) => {
      write("line", `${line}\n`)
      expect(ask('read -r line < line\necho "$line"')).toEqual(otherwise)
    },
  )

  it("says when there is no python3, and when it fails", () => {
    expect(askPython("print()", { PATH: process.cwd() })).toEqual({
      reason: "there is no python3 on the PATH",
    })
    expect(ask("echo '[]'\nexit 1")).toEqual({ reason: "python3 could not be asked" })
  })

  it("waits for ten seconds at most, and shows nothing of what goes wrong", () => {
    ask("echo '[]'")
    expect(vi.mocked(execFileSync).mock.lastCall![2]).toMatchObject({
      timeout: 10_000,
      stdio: ["ignore", "pipe", "ignore"],
    })
  })
})
