import { at } from "./marker.ts"
import { html, type Markup } from "./markup.ts"

/** What every figure is given for those who do not see it. */
export interface Described {
  /** Unique in the page; letters, digits and hyphens. */
  readonly id: string
  readonly title: string
  readonly description: string
}

/** An SVG picture with a title and a description, that grows and shrinks with its place. */
export const figure = (
  { id, title, description }: Described,
  width: number,
  height: number,
  content: Markup,
): Markup =>
  html`<svg role="img" aria-labelledby="${id}-title ${id}-description" viewBox="0 0 ${at(width)} ${at(height)}">
<title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>
${content}
</svg>`

/** Text cut to so many characters, with an ellipsis. */
export const shortened = (text: string, length: number): string => {
  const characters = [...text]
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`
}
