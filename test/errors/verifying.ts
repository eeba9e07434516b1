import type { VerifyCommand } from "../../src/commands/verify/verifyOptions.ts"
import { verify } from "../../src/commands/verify.ts"
import type { FailureKind } from "../../src/failure/failure.ts"
import type { Scenario, Subject } from "./scenario.ts"

/** A loss module that claims laws. Background alone counts. */
const claiming = (laws: string): string => `export const laws = ${laws}
export default () => (logits, { mask }) => mask.sub(1).neg().mul(logits.sigmoid()).mean()
`

const verifying = (
  kind: FailureKind,
  title: string,
  words: string,
  said: string | undefined,
  command: Partial<VerifyCommand>,
  files: NonNullable<Scenario["files"]> = {},
): Scenario => ({
  title,
  command: `losslab verify ${words}`,
  kind,
  files,
  run: () => verify(said, { runs: "20", backend: "javascript", json: false, ...command }, () => undefined),
})

export const verifyingLosses: Subject = {
  title: "Verifying losses",
  scenarios: [
    verifying(
      "check",
      "A loss that does not obey what it claims",
      "--module own.mjs --runs 20 --seed 1",
      undefined,
      { module: "own.mjs", seed: "1" },
      { "own.mjs": claiming('["complementary"]') },
    ),
    verifying(
      "config",
      "A claim of a law that does not exist",
      "--module own.mjs",
      undefined,
      { module: "own.mjs" },
      {
        "own.mjs": claiming('["complementry"]'),
      },
    ),
    verifying(
      "config",
      "Claims that are no list of names",
      "--module own.mjs",
      undefined,
      { module: "own.mjs" },
      {
        "own.mjs": claiming('"complementary"'),
      },
    ),
    verifying(
      "config",
      "Plain loops that are no function",
      "--module own.mjs",
      undefined,
      { module: "own.mjs" },
      { "own.mjs": `export const plain = 1\n${claiming("[]")}` },
    ),
    verifying(
      "config",
      "A choice of soft masks that is none",
      "--module own.mjs",
      undefined,
      { module: "own.mjs" },
      { "own.mjs": `export const softMask = "yes"\n${claiming("[]")}` },
    ),
    verifying(
      "config",
      "A module that throws while it is loaded",
      "--module own.mjs",
      undefined,
      { module: "own.mjs" },
      { "own.mjs": 'throw new Error("the table of weights is missing")\n' },
    ),
    verifying(
      "config",
      "An option that a module cannot be given",
      "--module own.mjs --options '{ by: { share: 1 } }'",
      undefined,
      { module: "own.mjs", options: "{ by: { share: 1 } }" },
      { "own.mjs": claiming("[]") },
    ),
    verifying("usage", "Options of a module that are empty", "--module own.mjs --options ''", undefined, {
      module: "own.mjs",
      options: "",
    }),
    verifying("config", "A loss to verify by a misspelt name", "agBse", "agBse", {}),
    verifying("usage", "A law that the loss does not claim", "bce --law conex", "bce", { law: "conex" }),
    verifying(
      "usage",
      "A law of which a loss says nothing with these options",
      "'{ kind: agBce, kernel: 2 }' --law mirrored",
      "{ kind: agBce, kernel: 2 }",
      { law: "mirrored" },
    ),
    verifying(
      "check",
      "A loss to verify that returns no scalar",
      "--module own.mjs --runs 20 --seed 1",
      undefined,
      { module: "own.mjs", seed: "1" },
      { "own.mjs": "export default () => (logits) => logits.sigmoid()\n" },
    ),
    verifying(
      "usage",
      "Several options of verify that are wrong",
      "bce --runs 0 --path 3 --options '{ a: 1 }'",
      "bce",
      {
        ...{ runs: "0", path: "3", options: "{ a: 1 }" },
      },
    ),
    verifying("usage", "A loss and a module at once", "bce --module own.mjs", "bce", { module: "own.mjs" }),
  ],
}
