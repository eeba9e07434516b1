import type { CommanderError } from "commander"
import { choices, shown } from "../config/language/shown.ts"
import { type Failure, failure, type Problem } from "../failure/failure.ts"

type Said = Pick<Problem, "message" | "expected" | "found">

/** What commander found, by its code, in our words.
 *  @param words what its sentence has in quotes: names of options and arguments, and what was given for them */
const texts: Readonly<Record<string, (words: readonly string[], sentence: string) => Said>> = {
  "commander.help": () => ({ message: "no verb is given" }),
  "commander.unknownCommand": ([word]) => ({ message: `there is no verb \`${word}\`` }),
  "commander.unknownOption": ([option]) => ({ message: `there is no option \`${option}\`` }),
  "commander.missingArgument": ([name]) => ({ message: `the argument <${name}> is missing` }),
  "commander.missingMandatoryOptionValue": ([option]) => ({ message: `the option ${option} is missing` }),
  "commander.optionMissingArgument": ([option]) => ({ message: `the option ${option} has no value` }),
  "commander.excessArguments": ([verb], sentence) => {
    const [expected = "", found = ""] = sentence.match(/\d+/g) ?? []
    return { message: `too many arguments for \`${verb}\``, expected, found }
  },
  "commander.invalidArgument": (_, sentence) => {
    const [, name, found, why = ""] =
      /^option '(.*)' argument '(.*)' is invalid\. ?(.*?)\.?$/s.exec(sentence) ?? []
    if (name === undefined || found === undefined) return { message: plain(sentence) }
    const words = why.replace(/^Allowed choices are /, "")
    const expected = words === why ? why : choices(words.split(", "))
    return {
      message: `the option ${name} does not take this value`,
      ...(expected && { expected }),
      found: shown(found),
    }
  },
}

const plain = (sentence: string): string => sentence.replaceAll("'", "`").replace(/\.$/, "")

/** Why a command line cannot be understood; null when help or the version was asked for, and printed.
 *  @param verb the one that is given, if there is such a one */
export const usageFailure = (
  { exitCode, code, message }: CommanderError,
  verb: string | undefined,
): Failure | null => {
  if (exitCode === 0) return null
  const [sentence = "", near] = message
    .replace(/^error: /, "")
    .split(/\s*\(Did you mean (?:one of )?(.*)\?\)/)
  const words = [...sentence.matchAll(/'([^']*)'/g)].map(([, word]) => word!)
  return failure("usage", {
    ...(texts[code]?.(words, sentence) ?? { message: plain(sentence) }),
    ...(near === undefined ? {} : { suggestion: near.replaceAll(", ", "` or `") }),
    fix: `see \`losslab ${verb === undefined ? "" : `${verb} `}--help\``,
  })
}
