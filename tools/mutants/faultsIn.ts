import ts from "typescript"
import type { Fault } from "./fault.ts"
import { rewrites } from "./rewrites.ts"

/** Types vanish before the program runs, and the increment of a loop only makes it endless. */
const isPassedOver = (node: ts.Node): boolean =>
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  (ts.isForStatement(node.parent) && node.parent.incrementor === node)

/** Longer pieces are no slip of a hand, and nobody could read them in a table. */
const mostLines = 6

/** All faults that the rewrites know for a file, in the order of its text; each text comes once. */
export const faultsIn = (file: string, text: string): readonly Fault[] => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const faults = new Map<string, Fault>()
  const visit = (node: ts.Node): void => {
    if (isPassedOver(node)) return
    const [start, end] = [node.getStart(), node.end]
    const right = text.slice(start, end)
    if (right.split("\n").length <= mostLines)
      for (const wrong of rewrites.flatMap((rewrite) => rewrite(node))) {
        const fault = {
          file,
          line: source.getLineAndCharacterOfPosition(start).line + 1,
          start,
          end,
          right,
          wrong,
        }
        if (wrong !== right) faults.set(`${start} ${end} ${wrong}`, fault)
      }
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(source, visit)
  return [...faults.values()]
}
