import { either as E } from "fp-ts"
import { decode } from "../../src/config/language/decode.ts"
import type { Description } from "../../src/config/language/description.ts"
import type { Problem } from "../../src/failure/failure.ts"
import { example } from "./examples.ts"
import { locatedYaml } from "./locatedYaml.ts"

/** Everything that a problem says, but for the snippet. */
const line = ({ file, line, column, message, expected, found, suggestion, fix }: Problem): string =>
  [
    `${file}:${line}:${column} ${message}`,
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}`]),
    ...(suggestion === undefined ? [] : [`did you mean ${suggestion}?`]),
    ...(fix === undefined ? [] : [fix]),
  ].join(" | ")

/** The problems of a text, each as one line; ["accepted"] when there are none. */
export const refusals = (yaml: string, description: Description = example): readonly string[] =>
  E.match(
    (problems: readonly Problem[]) => problems.map(line),
    () => ["accepted"],
  )(decode(description, locatedYaml(yaml), new Map()))
