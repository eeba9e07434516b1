import { type CompareOptions, compare } from "../../src/commands/compare.ts"
import type { FailureKind } from "../../src/failure/failure.ts"
import type { Scenario, Subject } from "./scenario.ts"

/** The comparison of a table that is refused. */
const compared = (
  title: string,
  table: string | Uint8Array | null,
  words: Pick<CompareOptions, "metric" | "baseline"> = {},
  kind: FailureKind = "data",
): Scenario => ({
  title,
  command: [
    "losslab compare scores.csv",
    ...Object.entries(words).map(([name, word]) => `--${name} ${word}`),
  ].join(" "),
  kind,
  files: table === null ? {} : { "scores.csv": table },
  run: () => compare(["scores.csv"], { ...words, json: false, out: () => undefined }),
})

const sound = "case,agBce,focal\na,0.9,0.8\nb,0.8,0.7\n"

export const comparing: Subject = {
  title: "Comparing methods",
  scenarios: [
    compared("A table that is absent", null),
    compared("A table without content", "\n"),
    compared("A spreadsheet in place of a table", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)),
    compared("A quote that is not closed", 'case,agBce,focal\n"a,0.9,0.8\n'),
    compared("A row of another length", "case,agBce,focal\na,0.9\nb,0.8,0.7\n"),
    compared("A single case", "case,agBce,focal\na,0.9,0.8\n"),
    compared("A single method", "case,agBce\na,0.9\nb,0.8\n"),
    compared("A case that is there twice", "case,agBce,focal\na,0.9,0.8\nb,0.8,0.7\na,0.7,0.6\n"),
    compared("A row of means", "case,agBce,focal\na,0.9,0.8\nb,0.8,0.7\nmean,0.85,0.75\n"),
    compared("Two methods of one name", "case,agBce,agBce\na,0.9,0.8\nb,0.8,0.7\n"),
    compared("Metrics in place of methods", "case,dice,iou\na,0.9,0.8\nb,0.8,0.7\n"),
    compared("A score that is a word", "case,agBce,focal\na,good,0.8\nb,0.8,0.7\n"),
    compared("A score with a decimal comma", "case;agBce;focal\na;0,9;0,8\nb;0,8;0,7\n"),
    compared("A score that is infinite", "case,agBce,focal\na,inf,0.8\nb,0.8,0.7\n"),
    compared("Scores in percent", "case,agBce.dice,focal.dice\na,90,80\nb,80,70\n"),
    compared("A distance below zero", "case,agBce.hd95,focal.hd95\na,-1,2\nb,3,4\n"),
    compared("A metric to compare that does not exist", sound, { metric: "dise" }, "usage"),
    compared(
      "A metric that the table does not have",
      "case,agBce.dice,focal.dice\na,0.9,0.8\nb,0.8,0.7\n",
      { metric: "hd95" },
      "usage",
    ),
    compared("A baseline that the table does not have", sound, { baseline: "focl" }, "usage"),
  ],
}
