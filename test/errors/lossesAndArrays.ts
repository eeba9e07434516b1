import { lossCommand } from "../../src/commands/loss.ts"
import { writeNpy } from "../../src/data/files/npy.ts"
import type { FailureKind } from "../../src/failure/failure.ts"
import type { Scenario, Subject } from "./scenario.ts"

const array = (shape: readonly number[], ...values: readonly number[]): Uint8Array =>
  writeNpy({ shape, data: Float32Array.from(values) })

type Files = NonNullable<Scenario["files"]>

const arrays: Files = {
  "z.npy": array([1, 2, 2], -1, 0, 1, 2),
  "y.npy": array([1, 2, 2], 0, 0, 1, 1),
}

/** A loss on arrays that is refused.
 *  @param options further words, as name and value */
const loss = (
  kind: FailureKind,
  title: string,
  spec: string,
  files: Files = {},
  options: Readonly<Record<string, string>> = {},
): Scenario => ({
  title,
  command: [
    `losslab loss ${/^[\w./]+$/.test(spec) ? spec : `'${spec}'`}`,
    ...Object.entries({ logits: "z.npy", target: "y.npy", ...options }).map(
      ([name, value]) => `--${name} ${value}`,
    ),
  ].join(" "),
  kind,
  files: { ...arrays, ...files },
  run: () =>
    lossCommand(spec, {
      logits: "z.npy",
      target: "y.npy",
      json: false,
      backend: "javascript",
      out: () => undefined,
      ...options,
    }),
})

/** A researcher's own loss that is refused. */
const own = (title: string, code: string, kind: FailureKind = "config"): Scenario =>
  loss(kind, title, "{ kind: module, path: ./own.mjs }", { "own.mjs": code })

export const lossesAndArrays: Subject = {
  title: "Losses and arrays",
  scenarios: [
    loss("config", "A loss by a misspelt name", "agBse"),
    loss("config", "An option that the loss does not have", "{ kind: agBce, kernl: 2 }"),
    loss("config", "A file of a loss that is absent", "losses/own.yaml"),
    loss("usage", "A loss that needs the second annotator", "agBce"),
    loss("usage", "A loss of several scales", "{ kind: deepSupervised, loss: { kind: bce } }"),
    {
      title: "A module that is absent",
      command: "losslab loss '{ kind: module, path: ./own.mjs }' --logits z.npy --target y.npy",
      kind: "config",
    },
    own("A module without a default export", "export const loss = () => 0\n"),
    own("A module that makes no loss", "export default () => 3\n"),
    own("A module whose needs are malformed", "export const needs = 3\nexport default () => () => 0\n"),
    own("A module that throws", 'export default () => { throw new Error("scale is missing") }\n'),
    own("A loss that throws", 'export default () => () => { throw new Error("not yet") }\n'),
    own("A loss that returns no scalar", "export default () => (logits) => logits\n"),
    own("A loss that is not finite", "export default () => (logits) => logits.mul(NaN).sum()\n", "numerics"),
    loss("data", "An array that is no .npy", "bce", { "z.npy": Buffer.from("0.1, 0.2, 0.3\n") }),
    loss("data", "An array that is absent", "bce", {}, { target: "mask.npy" }),
    loss("data", "A folder in place of an array", "bce", { "masks/y.npy": "" }, { target: "masks" }),
    loss("data", "An array cut short", "bce", { "z.npy": array([1, 2, 2], 1, 2, 3, 4).subarray(0, -4) }),
    loss("data", "An array of texts", "bce", {
      "z.npy": Buffer.from(
        Buffer.from(array([1, 2, 2], 1, 2, 3, 4))
          .toString("latin1")
          .replace("<f4", "<U4"),
        "latin1",
      ),
    }),
    loss("data", "An array that is no batch", "bce", { "z.npy": array([4], 1, 2, 3, 4) }),
    loss("data", "An array without elements", "bce", {
      "z.npy": array([0, 2, 2]),
      "y.npy": array([0, 2, 2]),
    }),
    loss("data", "Logits that are whole numbers", "bce", {
      "z.npy": writeNpy({ shape: [1, 2, 2], data: Uint8Array.of(0, 1, 2, 3) }),
    }),
    loss("data", "Logits that are not finite", "bce", { "z.npy": array([1, 2, 2], 0, Number.NaN, 1, 2) }),
    loss("data", "A target that is no mask", "bce", { "y.npy": array([1, 2, 2], 0, 0.5, 1, 1) }),
    loss("data", "Logits and target of different shapes", "bce", { "y.npy": array([1, 4, 1], 0, 0, 1, 1) }),
    loss("environment", "A gradient into a folder that is absent", "bce", {}, { gradient: "out/g.npy" }),
  ],
}
