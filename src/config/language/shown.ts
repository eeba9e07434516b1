/** A value as one short line for an error message: JSON, at most 60 characters, nothing invisible in it. */
export const shown = (value: unknown): string => {
  if (value === undefined || value === null) return "nothing"
  return clipped(escaped(typeof value === "number" ? String(value) : JSON.stringify(value)))
}

/** A place in the experiment as `--set` and sweeps write it: "train.loss.gamma", "augment.0.axis". */
export const shownPath = (path: readonly string[]): string =>
  path.map((key) => (/^[\w-]+$/.test(key) ? clipped(key) : shown(key))).join(".")

/** "one of `a`, `b`" */
export const choices = (words: readonly string[]): string =>
  `${words.length > 1 ? "one of " : ""}${words.map((word) => `\`${word}\``).join(", ")}`

const clipped = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 59)}…`)

/** JSON escapes the old control characters; these are the ones it lets through: they could reorder the line. */
const escaped = (json: string): string =>
  json.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )
