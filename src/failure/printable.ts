/** Text that cannot move the cursor of a terminal or reorder its line: control characters and those that change
 *  the writing direction become one visible character each, line feeds and tabs a space. */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0)!
    if (character === "\n" || character === "\t") return " "
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : "�"
  })
