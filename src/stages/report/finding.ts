/** A sentence about the numbers: something they show, or something they leave open. */
export interface Finding {
  readonly kind: "shown" | "open"
  readonly text: string
}

export const shown = (text: string): Finding => ({ kind: "shown", text })

export const open = (text: string): Finding => ({ kind: "open", text })
