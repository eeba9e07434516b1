const missing: readonly string[] = ["", "na", "n/a", "nan", "null", "none", "-", "–"]

/** Whether a field stands for a score that is not there. */
export const isMissing = (text: string): boolean => missing.includes(text.toLowerCase())

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const infinite = /^[+-]?inf(inity)?$/i

/** The number that a field holds: infinite where it says so or is too large; NaN where it is no number. */
export const numberIn = (text: string): number => {
  if (infinite.test(text)) return text.startsWith("-") ? -Infinity : Infinity
  return decimal.test(text) ? Number(text) : Number.NaN
}
