import { describe, expect, it } from "vitest"
import { refusals } from "../refusals.ts"

/** The refusal of one line of an otherwise good file, in which it is the third. */
const refusalOf = (source: string): readonly string[] =>
  refusals(`name: a\nloss: { kind: dice }\n${source}\n`)

describe("decode", () => {
  it.each<[string, string]>([
    // unknown keys
    [
      "epoch: 3",
      "a.yaml:3:1 epoch: unknown key | expected one of `name`, `loss`, `epochs`, `shuffle`, `keep`, `train`, `baseline`, `weights`, `schedule` | did you mean epochs?",
    ],
    ["schedule: { begin: 1 }", "a.yaml:3:13 schedule.begin: unknown key | expected one of `start`, `end`"],
    [
      "schedule: { start: 1, strat: 1 }",
      "a.yaml:3:23 schedule.strat: unknown key | expected one of `start`, `end` | did you mean start?",
    ],
    [
      "__proto__: {}",
      "a.yaml:3:1 __proto__: unknown key | expected one of `name`, `loss`, `epochs`, `shuffle`, `keep`, `train`, `baseline`, `weights`, `schedule`",
    ],
    [
      '? "a\\e[31m"\n: 1',
      'a.yaml:3:3 "a\\u001b[31m": unknown key | expected one of `name`, `loss`, `epochs`, `shuffle`, `keep`, `train`, `baseline`, `weights`, `schedule`',
    ],
    // numbers
    ["epochs: 0", "a.yaml:3:9 epochs: out of range | expected an integer from 1 to 1000 | found 0"],
    ["epochs: 1.5", "a.yaml:3:9 epochs: not an integer | expected an integer from 1 to 1000 | found 1.5"],
    [
      "epochs: 9007199254740993",
      "a.yaml:3:9 epochs: not an integer | expected an integer from 1 to 1000 | found 9007199254740992",
    ],
    [
      "epochs: 1_000",
      'a.yaml:3:9 epochs: wrong type | expected an integer from 1 to 1000 | found "1_000" | write 1000: YAML 1.2 has no underscores or leading zeros in numbers',
    ],
    [
      "epochs: '012'",
      'a.yaml:3:9 epochs: wrong type | expected an integer from 1 to 1000 | found "012" | write 12: YAML 1.2 has no underscores or leading zeros in numbers',
    ],
    [
      "epochs: '12'",
      'a.yaml:3:9 epochs: wrong type | expected an integer from 1 to 1000 | found "12" | write it without quotes: 12',
    ],
    ["epochs: ten", 'a.yaml:3:9 epochs: wrong type | expected an integer from 1 to 1000 | found "ten"'],
    [
      "epochs: 12:30:45",
      'a.yaml:3:9 epochs: wrong type | expected an integer from 1 to 1000 | found "12:30:45"',
    ],
    ["epochs: true", "a.yaml:3:9 epochs: wrong type | expected an integer from 1 to 1000 | found true"],
    [
      "epochs:",
      "a.yaml:3:8 epochs: wrong type | expected an integer from 1 to 1000 | found nothing | write a value, or remove the key to get its default",
    ],
    [
      "schedule: { start: 0 }",
      "a.yaml:3:20 schedule.start: out of range | expected a number greater than 0 | found 0",
    ],
    [
      "schedule: { start: '0,5' }",
      'a.yaml:3:20 schedule.start: wrong type | expected a number greater than 0 | found "0,5" | write a decimal point, and no commas',
    ],
    [
      "schedule: { start: .nan }",
      "a.yaml:3:20 schedule.start: not a finite number | expected a number greater than 0 | found NaN | write a finite number",
    ],
    [
      "schedule: { start: nan }",
      'a.yaml:3:20 schedule.start: wrong type | expected a number greater than 0 | found "nan" | write a finite number',
    ],
    [
      "schedule: { start: 1e400 }",
      "a.yaml:3:20 schedule.start: not a finite number | expected a number greater than 0 | found Infinity | write a finite number; the largest is about 1.8e308",
    ],
    // booleans, texts, enums
    [
      "shuffle: yes",
      'a.yaml:3:10 shuffle: wrong type | expected true or false | found "yes" | write true (no quotes): YAML 1.2 has only true and false',
    ],
    [
      "shuffle: Off",
      'a.yaml:3:10 shuffle: wrong type | expected true or false | found "Off" | write false (no quotes): YAML 1.2 has only true and false',
    ],
    ["shuffle: 1", "a.yaml:3:10 shuffle: wrong type | expected true or false | found 1"],
    [
      "keep: bets",
      'a.yaml:3:7 keep: not one of the choices | expected one of `last`, `best` | found "bets" | did you mean best?',
    ],
    [
      "keep: first",
      'a.yaml:3:7 keep: not one of the choices | expected one of `last`, `best` | found "first"',
    ],
    // lists, maps, records
    [
      "weights: {}",
      "a.yaml:3:10 weights: too few entries | expected a map of at least 1 entry, each a number of at least 0 | found {}",
    ],
    [
      "weights: { half: -1 }",
      "a.yaml:3:18 weights.half: out of range | expected a number of at least 0 | found -1",
    ],
    ["weights: { constructor: 1 }", "a.yaml:3:12 weights.constructor: reserved key | choose another name"],
    ["weights: { __proto__: 1 }", "a.yaml:3:12 weights.__proto__: reserved key | choose another name"],
    [
      "schedule: 3",
      "a.yaml:3:11 schedule: wrong type | expected a map with the keys `start`, `end` | found 3",
    ],
    [
      "schedule: { start: 1, end: 2 }",
      "a.yaml:3:28 schedule.end: greater than start | lower end, or raise start",
    ],
    ["schedule: { end: 0.02 }", "a.yaml:3:18 schedule.end: greater than start | lower end, or raise start"],
    // one of several shapes
    ["train: 0", "a.yaml:3:8 train: out of range | expected an integer of at least 1, or `all` | found 0"],
    [
      "train: al",
      'a.yaml:3:8 train: not one of the choices | expected an integer of at least 1, or `all` | found "al" | did you mean all?',
    ],
    [
      "train: 1_000",
      'a.yaml:3:8 train: not one of the choices | expected an integer of at least 1, or `all` | found "1_000" | write 1000: YAML 1.2 has no underscores or leading zeros in numbers',
    ],
    ["train: [1]", "a.yaml:3:8 train: wrong type | expected an integer of at least 1, or `all` | found [1]"],
    [
      "baseline: 3",
      'a.yaml:3:11 baseline: wrong type | expected a text, or null | found 3 | write it in quotes: "3"',
    ],
  ])("refuses %j", (source, refusal) => {
    expect(refusalOf(source)).toEqual([refusal])
  })

  it.each<[string, readonly string[]]>([
    [
      "{ kind: dise }",
      [
        'a.yaml:2:15 loss.kind: unknown loss | expected one of `dice`, `focal`, `sum` | found "dise" | did you mean dice?',
      ],
    ],
    [
      "{ kind: 3 }",
      ["a.yaml:2:15 loss.kind: unknown loss | expected one of `dice`, `focal`, `sum` | found 3"],
    ],
    [
      "{ kind: toString }",
      ['a.yaml:2:15 loss.kind: unknown loss | expected one of `dice`, `focal`, `sum` | found "toString"'],
    ],
    ["{ gamma: 2 }", ["a.yaml:2:1 loss.kind: missing | expected one of `dice`, `focal`, `sum`"]],
    [
      "focl",
      [
        'a.yaml:2:7 loss: wrong type | expected a loss: a map whose `kind` is one of `dice`, `focal`, `sum` | found "focl" | write { kind: focal }',
      ],
    ],
    [
      "[dice]",
      [
        'a.yaml:2:7 loss: wrong type | expected a loss: a map whose `kind` is one of `dice`, `focal`, `sum` | found ["dice"]',
      ],
    ],
    ["{ kind: focal }", ["a.yaml:2:1 loss.alpha: missing | expected a number from 0 to 1"]],
    [
      "{ kind: focal, gama: 1 }",
      [
        "a.yaml:2:1 loss.alpha: missing | expected a number from 0 to 1",
        "a.yaml:2:22 loss.gama: unknown key | expected one of `preset`, `gamma`, `alpha`, `kernel` | did you mean gamma?",
      ],
    ],
    [
      "{ kind: focal, preset: stron }",
      [
        'a.yaml:2:30 loss.preset: not one of the choices | expected one of `strong`, `weak` | found "stron" | did you mean strong?',
      ],
    ],
    [
      "{ kind: focal, alpha: 1, kernel: 3 }",
      [
        "a.yaml:2:40 loss.kernel: wrong type | expected a list of 2 items, each an integer from 1 to 15 | found 3 | write it as a list, each item after `- `",
      ],
    ],
    [
      "{ kind: focal, alpha: 1, kernel: [3] }",
      [
        "a.yaml:2:40 loss.kernel: too few items | expected a list of 2 items, each an integer from 1 to 15 | found 1 item",
      ],
    ],
    [
      "{ kind: focal, alpha: 1, kernel: [3, 3, 3] }",
      [
        "a.yaml:2:40 loss.kernel: too many items | expected a list of 2 items, each an integer from 1 to 15 | found 3 items",
      ],
    ],
    [
      "{ kind: focal, alpha: 1, kernel: [3, 16] }",
      ["a.yaml:2:44 loss.kernel.1: out of range | expected an integer from 1 to 15 | found 16"],
    ],
    [
      "{ kind: sum, terms: [] }",
      [
        "a.yaml:2:27 loss.terms: too few items | expected a list of at least 1 item, each a loss | found 0 items",
      ],
    ],
    [
      "{ kind: sum, terms: [{ kind: sum, terms: [{ kind: dise }, dice] }] }",
      [
        'a.yaml:2:57 loss.terms.0.terms.0.kind: unknown loss | expected one of `dice`, `focal`, `sum` | found "dise" | did you mean dice?',
        'a.yaml:2:65 loss.terms.0.terms.1: wrong type | expected a loss: a map whose `kind` is one of `dice`, `focal`, `sum` | found "dice" | write { kind: dice }',
      ],
    ],
  ])("refuses the loss %s", (loss, expected) => {
    expect(refusals(`name: a\nloss: ${loss}\n`)).toEqual(expected)
  })

  it("says what is missing, at the map that lacks it", () => {
    expect(refusals("epochs: 3")).toEqual([
      "a.yaml:1:1 name: missing | expected a word of lower-case letters, digits and hyphens",
      "a.yaml:1:1 loss: missing | expected a loss",
    ])
  })

  it("refuses what is no map at all", () => {
    expect(refusals("- 1")).toEqual([
      "a.yaml:1:1 wrong type | expected a map with the keys `name`, `loss`, `epochs`, `shuffle`, `keep`, `train`, `baseline`, `weights`, `schedule` | found [1]",
    ])
  })
})
