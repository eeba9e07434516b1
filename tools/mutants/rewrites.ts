import ts from "typescript"

/** Wrong texts for one node, or none. A rewrite looks at the node itself; the walk is faultsIn's. */
export type Rewrite = (node: ts.Node) => readonly string[]

const swapped: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "**": ["*"],
  ">>": ["<<"],
  "<<": [">>"],
  "&": ["|"],
  "|": ["&"],
  "+=": ["-=", "="],
  "-=": ["+="],
  "*=": ["/="],
  "??=": ["="],
}

const isText = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateExpression(node) ||
  (ts.isBinaryExpression(node) && (isText(node.left) || isText(node.right)))

const either = ["&&", "||", "??"]

const binary: Rewrite = (node) => {
  if (!ts.isBinaryExpression(node)) return []
  const [left, operator, right] = [node.left, node.operatorToken, node.right].map((part) => part.getText())
  if (either.includes(operator!)) return [left!, right!]
  if (operator === "+" && isText(node)) return []
  return (swapped[operator!] ?? []).map((other) => `${left} ${other} ${right}`)
}

const unary: Rewrite = (node) => {
  if (ts.isPrefixUnaryExpression(node)) {
    const operand = node.operand.getText()
    if (node.operator === ts.SyntaxKind.ExclamationToken) return [operand]
    // -1 is a number, and that of another rewrite; ++i in a for loop only makes it endless.
    if (node.operator === ts.SyntaxKind.MinusToken) return [operand]
  }
  return ts.isAwaitExpression(node) ? [node.expression.getText()] : []
}

const conditional: Rewrite = (node) => {
  if (ts.isConditionalExpression(node)) return [node.whenTrue.getText(), node.whenFalse.getText()]
  if (ts.isIfStatement(node)) {
    const rest = node.getText().slice(node.thenStatement.getStart() - node.getStart())
    return [`if (true) ${rest}`, `if (false) ${rest}`]
  }
  return []
}

const literal: Rewrite = (node) => {
  if (ts.isNumericLiteral(node)) {
    const value = Number(node.text.replaceAll("_", ""))
    if (value === 0) return ["1"]
    return Number.isInteger(value) ? [String(value + 1), String(value - 1)] : [String(value * 2)]
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return ["false"]
  if (node.kind === ts.SyntaxKind.FalseKeyword) return ["true"]
  // Words for people have spaces; a fault in them is one of style.
  if (ts.isStringLiteral(node) && /^\S+$/.test(node.text) && !isName(node)) return ['""']
  return []
}

/** A string that TypeScript reads: a module's name, or the key of a property. */
const isName = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node.parent) ||
  ts.isExportDeclaration(node.parent) ||
  (ts.isCallExpression(node.parent) && node.parent.expression.kind === ts.SyntaxKind.ImportKeyword) ||
  (ts.isPropertyAssignment(node.parent) && node.parent.name === node)

const otherMethods: Readonly<Record<string, string>> = {
  "Math.floor": "ceil",
  "Math.ceil": "floor",
  "Math.round": "floor",
  "Math.trunc": "round",
  "Math.min": "max",
  "Math.max": "min",
  "tf.minimum": "maximum",
  "tf.maximum": "minimum",
  "tf.add": "sub",
  "tf.sub": "add",
  "tf.mul": "div",
  "tf.div": "mul",
  "tf.sum": "mean",
  "tf.mean": "sum",
  "tf.less": "lessEqual",
  "tf.greater": "greaterEqual",
  "tf.greaterEqual": "greater",
  "tf.zeros": "ones",
  "tf.ones": "zeros",
  ".every": "some",
  ".some": "every",
  ".startsWith": "endsWith",
  ".endsWith": "startsWith",
  ".push": "unshift",
  ".find": "findLast",
  ".indexOf": "lastIndexOf",
  ".lastIndexOf": "indexOf",
}

/** Methods that give back something like what they were called on, and functions like what they were given. */
const droppable = [
  ...[
    ".filter",
    ".sort",
    ".toSorted",
    ".reverse",
    ".slice",
    ".subarray",
    ".trim",
    ".toLowerCase",
    ".normalize",
  ],
  ...["Math.abs", "Math.sqrt", "Math.log", "tf.abs", "tf.neg", "tf.sqrt", "tf.square"],
]

/** Functions for which the order of what they are given decides nothing. */
const isCommutative = (callee: string): boolean =>
  /^(Math\.(min|max|imul|hypot)|tf\.(add|mul|minimum|maximum|equal|notEqual|logicalAnd|logicalOr))$/.test(
    callee,
  )

const call: Rewrite = (node) => {
  if (!ts.isCallExpression(node) || node.expression.kind === ts.SyntaxKind.ImportKeyword) return []
  const callee = node.expression.getText()
  const given = node.arguments.map((argument) => argument.getText())
  const found: string[] = []
  if (ts.isPropertyAccessExpression(node.expression)) {
    const owner = node.expression.expression.getText()
    const isFunction = owner === "Math" || owner === "tf"
    const name = `${isFunction ? owner : ""}.${node.expression.name.text}`
    if (Object.hasOwn(otherMethods, name)) found.push(`${owner}.${otherMethods[name]}(${given.join(", ")})`)
    if (droppable.includes(name)) found.push(isFunction ? given[0]! : owner)
  }
  if (given.length >= 2) {
    if (!isCommutative(callee)) found.push(`${callee}(${[given[1], given[0], ...given.slice(2)].join(", ")})`)
    found.push(`${callee}(${given.slice(0, -1).join(", ")})`)
  }
  return found
}

const without = (open: string, parts: readonly string[], close: string): readonly string[] =>
  parts.map((_, dropped) => `${open}${parts.filter((_, i) => i !== dropped).join(", ")}${close}`)

const collection: Rewrite = (node) => {
  if (ts.isObjectLiteralExpression(node) && node.properties.length >= 2)
    return without(
      "{ ",
      node.properties.map((part) => part.getText()),
      " }",
    )
  if (ts.isArrayLiteralExpression(node) && node.elements.length >= 2)
    return without(
      "[",
      node.elements.map((part) => part.getText()),
      "]",
    )
  return []
}

const statement: Rewrite = (node) => {
  const isCall = (inner: ts.Node): boolean =>
    ts.isCallExpression(inner) || (ts.isAwaitExpression(inner) && isCall(inner.expression))
  return ts.isExpressionStatement(node) &&
    (isCall(node.expression) || ts.isBinaryExpression(node.expression)) &&
    ts.isBlock(node.parent)
    ? [""]
    : []
}

/** What a hand slips on: a sign, a bound, a condition, a constant, an argument, a field, a call that is forgotten. */
export const rewrites: readonly Rewrite[] = [binary, unary, conditional, literal, call, collection, statement]
