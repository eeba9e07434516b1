import type { Spread } from "./timing.ts"

/** A table in Markdown. */
export const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("")

/** "minimum, median (quartile to quartile)". */
export const spreadText = ({ min, median, quartiles: [lower, upper] }: Spread, digits: number): string =>
  `${min.toFixed(digits)}, ${median.toFixed(digits)} (${lower.toFixed(digits)} to ${upper.toFixed(digits)})`
