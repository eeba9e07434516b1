import { visible } from "../../figures/visible.ts"
import { meanMaskName, type ReportInput } from "../reportInput.ts"
import type { Analysis } from "./analysis.ts"
import { gradientNormOf } from "./curve.ts"
import type { Finding } from "./finding.ts"
import { stateOf } from "./methods.ts"
import { counted, decimalsOf, fixed, metricTitle, significant } from "./number.ts"

/** Text as code in Markdown: nothing in it is a link, a mention or a cell border. */
const code = (text: string): string =>
  `\`${visible(text).replace(/\s+/g, " ").replaceAll("`", "'").replaceAll("|", "\\|")}\``

/** Text in Markdown: punctuation is escaped, and mentions, issue numbers and addresses are broken up. */
const plain = (text: string): string =>
  visible(text)
    .replace(/\s+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]|~!]/g, "\\$&")
    .replace(/@|#|:\/\/|www\./g, "$&<!-- -->")

/** A short comment for a pull request. */
export const comment = (
  input: ReportInput,
  { metrics, columns, references, methods, winner, noBetterThanMask }: Analysis,
  findings: readonly Finding[],
): string => {
  const done = input.cells.filter(({ outcome }) => outcome.tag === "done").length
  const rows = [...columns, ...references].map((column) => {
    const method = methods.find(({ name }) => column.kind === "method" && name === column.name)
    const cells = metrics.map((metric) => {
      const { mean, n } = column.summary[metric]
      const isMethod = method !== undefined // a reference may be called as a method
      const mark = isMethod && noBetterThanMask[metric]!.includes(column.name) ? " †" : ""
      const text = fixed(mean, decimalsOf(metric))
      return `${isMethod && winner[metric] === column.name ? `**${text}**` : text}${mark} (n = ${n})`
    })
    const state = method === undefined ? "reference" : [...new Set(method.cells.map(stateOf))].join(", ")
    return `| ${[code(column.name), state, ...cells, significant(method && gradientNormOf(method))].join(" | ")} |`
  })
  return [
    `### ${plain(input.title)}`,
    "",
    `${done} of ${counted(input.cells.length, "cell")} done.`,
    "",
    `| Method | State | ${metrics.map((metric) => `Mean ${metricTitle(metric)} | `).join("")}Gradient norm at step 0 |`,
    `|---|---|${"---:|".repeat(metrics.length + 1)}`,
    ...rows,
    "",
    ...(Object.values(noBetterThanMask).some((names) => names.length > 0)
      ? [`† No better than the ${meanMaskName}, which never looks at the image.`, ""]
      : []),
    ...(["shown", "open"] as const).flatMap((kind) => {
      const own = findings.filter((finding) => finding.kind === kind)
      return own.length === 0
        ? []
        : [
            kind === "shown" ? "**Shown**" : "**Not shown, and limits**",
            "",
            ...own.map(({ text }) => `- ${plain(text)}`),
            "",
          ]
    }),
    `Made by ${code(input.command)}; the whole report is \`report/index.html\`.`,
    "",
  ].join("\n")
}
