/** A loss with one deliberate fault: a piece of its source exchanged for a wrong one. */
export interface Mutant {
  /** What is wrong, in a few words that no other mutant of the loss has. */
  readonly fault: string
  /** Kind of the loss that has the fault. */
  readonly loss: string
  /** File under src/ in which the fault is. */
  readonly file: string
  /** Occurs once in the file. */
  readonly right: string
  readonly wrong: string
}

/** @param text what is wrong  @param file under src/, when it is not the loss's own */
export const fault = (
  loss: string,
  text: string,
  right: string,
  wrong: string,
  file = `losses/${loss}.ts`,
): Mutant => ({ fault: text, loss, file, right, wrong })
