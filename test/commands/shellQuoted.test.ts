import { execFileSync } from "node:child_process"
import { expect, it } from "vitest"
import { shellQuoted } from "../../src/commands/shellQuoted.ts"

it.each([
  ["experiments/adaptive.yaml", "experiments/adaptive.yaml"],
  ["train.epochs=3", "train.epochs=3"],
  ["a@b:c+d,e%f-g_h", "a@b:c+d,e%f-g_h"],
  ["", "''"],
  ["two words", "'two words'"],
  ["{ kind: agBce }", "'{ kind: agBce }'"],
  ["it's", "'it'\\''s'"],
  ["$HOME", "'$HOME'"],
  ["a\nb", "'a\nb'"],
])("quotes %j as %s", (word, quoted) => {
  expect(shellQuoted(word)).toBe(quoted)
})

it.runIf(process.platform !== "win32")("gives what a shell takes back whole", () => {
  const words = ["", "it's", "''", "a b", '$HOME `ls` "x" \\ ! * ~ # ; & | < >', "ö\n\t", "-n"]
  const said = execFileSync("sh", ["-c", `printf '%s\\0' ${words.map(shellQuoted).join(" ")}`], {
    encoding: "utf8",
  })
  expect(said.split("\0").slice(0, -1)).toEqual(words)
})
