/** Control characters but tab and line feed, marks and overrides of the writing direction, and halves of
 *  surrogate pairs: a reader does not see them, and some change what is read around them. */
const unseen =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu

/** Text with every unseen character replaced by U+FFFD, the visible replacement character. */
export const visible = (text: string): string => text.replace(unseen, "\ufffd")
