/** Writes the generated pages of docs/reference/: `npm run docs`. Tests compare them with a fresh generation. */
import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { Command } from "commander"
import { program } from "../src/commands/program.ts"
import { catalogs } from "../src/config/catalog/catalogs.ts"
import { optimizerLinks } from "../src/config/catalog/optimizers.ts"
import { sumOf } from "../src/config/catalog/sumOf.ts"
import { experimentLanguage } from "../src/config/experiment/loadExperiment.ts"
import type { Description } from "../src/config/language/description.ts"
import { referencePageOf } from "../src/config/language/referencePage.ts"
import { startJavascript } from "../src/engine/javascript.ts"
import { exitCode } from "../src/failure/exitCode.ts"
import type { FailureKind } from "../src/failure/failure.ts"
import { subjects } from "../test/errors/subjects.ts"
import { tellAll } from "../test/errors/tell.ts"
import { readRecord } from "../tools/mutants/record.ts"
import { agreementPage } from "./agreementPage.ts"
import { errorsPage, errorsPath } from "./errorsPage.ts"
import { lossPages } from "./lossPages/lossPages.ts"
import { marked } from "./marked.ts"
import { hunt, mutantsPage, mutantsPath } from "./mutantsPage.ts"
import { mutationPage } from "./mutationPage.ts"

const root = resolve(import.meta.dirname, "..")

/** The generated pages and figures but for errors.md and mutants.md, which take a while: path from the repository's root -> text.
 *  Figures are computed on the JavaScript engine. */
export const referencePages = async (): Promise<Readonly<Record<string, string>>> => {
  await startJavascript()
  const below = (folder: string, pages: Readonly<Record<string, string>>) =>
    Object.entries(pages).map(([name, text]) => [`docs/reference/${folder}${name}`, text] as const)
  return Object.fromEntries([
    ...below("losses/", await lossPages()),
    ...below("", {
      "experiment.md": experimentPage(),
      "models.md": partsPage(
        "Models",
        "`train.model`: the network. Its outputs are logits, full resolution first.",
        sumOf("model", "The network.", catalogs.models),
      ),
      "optimizers-and-schedules.md": optimizersPage(),
      "augmentations.md": partsPage(
        "Augmentations",
        "`augment` is a list of these: random changes of every training sample, in this order. They see the image after the intensity rule and at the training size.",
        sumOf("augmentation", "One change.", catalogs.augmentations),
      ),
      "sources.md": sourcesPage(),
      "exit-codes.md": exitCodesPage(),
      "commands.md": commandsPage(),
      "agreement.md": await agreementPage(),
      "mutation.md": mutationPage(readRecord(root)),
    }),
  ])
}

const why = (explanation: string): string =>
  `Formulas and reasons: [${explanation}](../explanation/${explanation}.md).`

const partsPage = (title: string, intro: string, subject: Description): string =>
  marked(referencePageOf(title, `${intro} Each is written as \`kind: <name>\` and its options.`, subject))

/** A page about several subjects: their pages one after the other, a heading deeper. */
const joinedPage = (title: string, intro: string, pages: readonly string[]): string =>
  marked(
    `${[`# ${title}`, intro, ...pages.map((page) => page.trimEnd().replace(/^#/gm, "##"))].join("\n\n")}\n`,
  )

const experimentPage = (): string =>
  marked(
    referencePageOf(
      "The experiment language",
      [
        "An experiment is one YAML 1.2 file, laid over the files that it `extends`. Keys that are not listed here are errors. `losslab validate FILE` checks it, `losslab show FILE` prints it with every default filled in.",
        "",
        "What `kind: ...` can name has pages of its own: [sources, intensity rules and resizing](sources.md), [augmentations](augmentations.md), [models](models.md), [losses](losses/README.md), [optimizers and schedules](optimizers-and-schedules.md).",
      ].join("\n"),
      experimentLanguage,
    ),
  )

const optimizersPage = (): string =>
  joinedPage(
    "Optimizers and schedules",
    "How gradients become steps, and how large the steps are. Each is written as `kind: <name>` and its options.",
    [
      referencePageOf(
        "Optimizers",
        "`train.optimizer`.",
        sumOf("optimizer", "How gradients become steps.", catalogs.optimizers),
      ),
      referencePageOf(
        "Links of a chain",
        "`train.optimizer.links`, when the optimizer is a chain: what is listed here, and the optimizers above, of which one stands last.",
        sumOf("link", "One link.", linksAlone()),
      ),
      referencePageOf(
        "Schedules",
        "`train.schedule`: the learning rate of every step.",
        sumOf("schedule", "The learning rate of every step.", catalogs.schedules),
      ),
    ],
  )

/** The links that are no optimizers by themselves. */
const linksAlone = (): typeof optimizerLinks =>
  Object.fromEntries(Object.entries(optimizerLinks).filter(([name]) => !(name in catalogs.optimizers)))

const sourcesPage = (): string =>
  joinedPage(
    "Sources, intensity rules and resizing",
    "Where data come from, and how voxels and slices become the network's input. Each is written as `kind: <name>` and its options.",
    [
      referencePageOf(
        "Sources",
        `\`load.source\`. ${why("phantom")} How to use [your own data](../how-to/use-your-own-data.md) and [the real dataset](../how-to/use-the-real-dataset.md).`,
        sumOf("source", "Where the data come from.", catalogs.sources),
      ),
      referencePageOf(
        "Intensity rules",
        "`load.intensity`.",
        sumOf("intensity rule", "How voxels become the network's input.", catalogs.intensities),
      ),
      referencePageOf(
        "Ways to resize",
        "`load.resize`.",
        sumOf("way to resize", "How slices reach load.size.", catalogs.resizes),
      ),
    ],
  )

const meaning: Readonly<Record<FailureKind, string>> = {
  usage: "The command line is wrong: an unknown verb or option, a missing argument.",
  config: "An experiment, a loss spec or a loss module is wrong. Every problem is printed with its place.",
  data: "A volume, a mask or an array is missing, damaged, or not what it should be.",
  numerics: "A loss or a gradient is not finite.",
  environment:
    "The machine is in the way: a full disk, no permission, no engine, a directory in use, a process that was killed.",
  check: "A check failed: the engine computes wrong numbers.",
  bug: "losslab is at fault, or a module of yours that never settles or throws in a timer. Run it again with `LOSSLAB_STACK=1` for the stack, and report it.",
  interrupted: "It was interrupted. The same command goes on from what is finished.",
}

const exitCodesPage = (): string => {
  const rows = Object.entries(exitCode).map(
    ([kind, code]) => `| ${code} | ${kind} | ${meaning[kind as FailureKind]} |`, // the keys of exitCode are the kinds
  )
  return marked(
    [
      "# Exit codes",
      'What a script can rely on. Problems go to stderr as text; with `--json` as one object, `{"problems": [...]}`. What they say: [errors](errors.md).',
      ["| code | kind | meaning |", "| --- | --- | --- |", "| 0 | | Done. |", ...rows].join("\n"),
      "`run` with failed cells still runs the others, writes the report, and exits with the code of the first failed cell. A signal sent to npm may replace the code; `node --import tsx src/main.ts` keeps it.\n",
    ].join("\n\n"),
  )
}

const commandsPage = (): string =>
  marked(
    `${[
      "# Commands",
      "In a checkout `losslab` is `npm run -s losslab --`. What each verb exits with: [exit codes](exit-codes.md).",
      `\`\`\`\n${helpOf(program)}\n\`\`\``,
      ...program.commands.flatMap((verb) => [`## ${verb.name()}`, `\`\`\`\n${helpOf(verb)}\n\`\`\``]),
    ].join("\n\n")}\n`,
  )

/** What `--help` prints where there is no terminal. */
const helpOf = (command: Command): string => {
  let text = ""
  const before = command.configureOutput()
  command.configureOutput({
    writeOut: (part) => {
      text += part
    },
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  })
  command.outputHelp()
  command.configureOutput(before)
  return text.trimEnd()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const pages = {
    ...(await referencePages()),
    [errorsPath]: errorsPage(await tellAll(subjects)),
    [mutantsPath]: mutantsPage(await hunt()),
  }
  for (const [path, text] of Object.entries(pages)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
}
