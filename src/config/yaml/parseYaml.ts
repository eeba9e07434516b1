import { either as E } from "fp-ts"
import { type Document, isScalar, LineCounter, parseDocument, type YAMLError } from "yaml"
import type { Problem } from "../../failure/failure.ts"
import type { Located, Origin } from "./located.ts"
import { type Finding, locate } from "./locateNodes.ts"
import { problemAt } from "./problemAt.ts"

/** A YAML text and where it comes from. */
export interface YamlText {
  /** As in Origin. */
  readonly file: string
  readonly setBy: string
  /** The text as snippets show it. */
  readonly text: string
  /** Offset in the first line of `text` where the YAML begins; what stands before is not YAML. */
  readonly start?: number
}

const maxProblems = 20

const emptyFile = { message: "the file is empty", fix: "write YAML into it, or name another file" }
const noValue = { message: "there is no value", fix: "write a value after the `=`, such as train.epochs=3" }

/** Text to located values. A small language on purpose: no aliases, merge keys, tags, other versions or second
 *  document; keys are words, each once. Whatever the parser merely warns about is a problem too. */
export const parseYaml = (source: YamlText): E.Either<readonly Problem[], Located> => {
  const { file, setBy, text, start = 0 } = source
  const lineCounter = new LineCounter()
  // Blanks in place of what is not YAML keep every column right.
  const document = parseDocument(" ".repeat(start) + text.slice(start), {
    version: "1.2",
    schema: "core",
    resolveKnownTags: false,
    customTags: [],
    merge: false,
    strict: true,
    prettyErrors: false,
    lineCounter,
    // The parser's own check is quadratic and takes `1:` and `"1":` for two keys; `locate` checks.
    uniqueKeys: false,
  })
  const place = (from: number, to: number): Origin => {
    const { line, col } = lineCounter.linePos(from)
    const lineEnd = (lineCounter.lineStarts[line] ?? text.length + 1) - 1
    return { file, setBy, line, column: col, endColumn: col + Math.max(0, Math.min(to, lineEnd) - from) }
  }
  const refuse = (findings: readonly Finding[]): E.Either<readonly Problem[], never> => {
    const placed = findings.map(({ from, to, problem }) => ({ at: place(from, to), problem }))
    const onePerLine = placed.filter(({ at }, i) => at.line !== placed[i - 1]?.at.line)
    const texts = new Map([[file, text]])
    return E.left(onePerLine.slice(0, maxProblems).map(({ at, problem }) => problemAt(at, texts, problem)))
  }

  const unreadable = [...controlCharacter(text), ...syntaxErrors(document), ...otherVersion(document, text)]
  if (unreadable.length > 0) return refuse(unreadable)
  const { contents } = document
  if (contents === null || (isScalar(contents) && contents.source === "" && contents.type === "PLAIN"))
    return E.left([{ ...(start === 0 ? emptyFile : noValue), file }])
  const { located, findings } = locate(contents, place)
  return findings.length > 0 ? refuse(findings) : E.right(located)
}

const controlCharacter = (text: string): Finding[] => {
  const found = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/.exec(text)
  if (found === null) return []
  const code = found[0].charCodeAt(0).toString(16).padStart(2, "0")
  const message = `there is a control character, U+00${code.toUpperCase()}`
  const fix = `remove it, or write it as an escape in double quotes ("\\x${code}")`
  return [{ from: found.index, to: found.index + 1, problem: { message, fix } }]
}

const otherVersion = ({ directives }: Document.Parsed, text: string): Finding[] => {
  const found = /^%YAML\s.*\S/m.exec(text)
  if (directives.yaml.version === "1.2" || found === null) return []
  const message = `the directive \`${found[0]}\` is not supported`
  const fix = "remove the line: experiments are YAML 1.2"
  return [{ from: found.index, to: found.index + found[0].length, problem: { message, fix } }]
}

const syntaxErrors = ({ errors, warnings }: Document.Parsed): Finding[] =>
  // What is wrong with a tag is found by `locate`.
  [...errors, ...warnings.filter(({ code }) => code !== "TAG_RESOLVE_FAILED")].map(
    ({ pos: [from, to], code, message }) => {
      const fix = fixes[code] ?? "correct the YAML here, or put the text in quotes"
      return { from, to, problem: { message: messages[code] ?? plain(message), fix } }
    },
  )

const messages: { readonly [code in YAMLError["code"]]?: string } = {
  TAB_AS_INDENT: "a tab is used as indentation",
  MULTIPLE_DOCS: "a second document begins here",
  MULTILINE_IMPLICIT_KEY: "a key goes on over the end of its line",
  BLOCK_AS_IMPLICIT_KEY: "a second `key:` within a value",
  RESOURCE_EXHAUSTION: "nested too deeply",
}

const fixes: { readonly [code in YAMLError["code"]]?: string } = {
  TAB_AS_INDENT: "indent with spaces",
  MULTIPLE_DOCS: "put it into a file of its own, and remove the `---`",
  MULTILINE_IMPLICIT_KEY: "write `key: value`, with a blank after the colon",
  BLOCK_AS_IMPLICIT_KEY: "indent the lines of a map alike; put a text that contains `: ` in quotes",
  BAD_INDENT: "close the bracket, or indent the lines within it",
  BAD_SCALAR_START: "put the text in quotes",
  MISSING_CHAR: "close every bracket and quote, and put a comma between items",
  RESOURCE_EXHAUSTION: "write it in fewer levels",
}

/** The parser's sentence as ours begin, and without its names for what is in brackets. */
const plain = (message: string): string =>
  message
    .replace(/flow sequence( in block collection)?/i, "a list in [ ]")
    .replace(/flow map( in block collection)?/i, "a map in { }")
    .replace(/^./, (first) => first.toLowerCase())
