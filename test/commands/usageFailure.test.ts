import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander"
import { describe, expect, it } from "vitest"
import { usageFailure } from "../../src/commands/usageFailure.ts"
import type { Problem } from "../../src/failure/failure.ts"

const positive = (text: string): number => {
  if (Number(text) > 0) return Number(text)
  throw new InvalidArgumentError("It must be positive.")
}

/** The problem of a command line; null when there is none to tell. */
const problemOf = (...words: readonly string[]): Problem | null => {
  const program = new Command("losslab")
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: () => {} })
  program
    .command("score")
    .addArgument(new Argument("<what>").choices(["slices", "volumes"]))
    .addOption(new Option("--tolerance <mm>").argParser(positive))
    .addOption(new Option("--json"))
    .addOption(new Option("--table").conflicts("json"))
    .action(() => {})
  program.command("store").action(() => {})
  program.command("share").action(() => {})
  try {
    program.parse(words, { from: "user" })
  } catch (error) {
    if (error instanceof CommanderError) return usageFailure(error, "score")?.problems[0] ?? null
    throw error
  }
  throw new Error("nothing was wrong")
}

const fix = "see `losslab score --help`"

describe("usageFailure", () => {
  it("is none when help was asked for", () => {
    expect(problemOf("--help")).toBeNull()
  })

  it("says what an option takes, in the words of whoever reads it", () => {
    expect(problemOf("score", "slices", "--tolerance", "-1")).toEqual({
      message: "the option --tolerance <mm> does not take this value",
      expected: "It must be positive",
      found: '"-1"',
      fix,
    })
  })

  it("names every neighbour of a misspelt word", () => {
    expect(problemOf("shore")).toEqual({
      message: "there is no verb `shore`",
      suggestion: "score` or `share` or `store",
      fix,
    })
  })

  it("takes over what it has no words for, as a sentence without a full stop", () => {
    expect(problemOf("score", "slices", "--json", "--table")).toEqual({
      message: "option `--table` cannot be used with option `--json`",
      fix,
    })
    expect(problemOf("score", "pixels")).toEqual({
      message:
        "command-argument value `pixels` is invalid for argument `what`. Allowed choices are slices, volumes",
      fix,
    })
  })
})
