import { readdir, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { keyOf, someOf, unreadImages } from "../data/sources/namedFiles.ts"
import { Failure, failure, type Problem } from "../failure/failure.ts"

/** The two masks of one case. */
export interface Pair {
  /** Its name: that of the reference's file without the ending. */
  readonly case: string
  readonly prediction: string
  readonly reference: string
}

const ending = /\.(nii|nii\.gz|png)$/i

/** Pairs two files with each other, or the masks of two folders by their names, whatever the ending, in the order
 *  of the names. Names are the same as they are on most file systems: capitals and the way an accent is stored make
 *  no difference. Hidden files, folders, and files that are no images are passed over.
 *  @returns what pairs, and a problem for whatever does not
 *  Throws Failure("data") when a path leads nowhere, Failure("usage") for a file and a folder. */
export const pairFiles = async (
  predictions: string,
  references: string,
): Promise<{ readonly pairs: readonly Pair[]; readonly problems: readonly Problem[] }> => {
  const [one, other] = await Promise.all([isFolder(predictions), isFolder(references)])
  const absent = [...(one === null ? [predictions] : []), ...(other === null ? [references] : [])]
  if (absent.length > 0)
    throw new Failure(
      "data",
      absent.map((file) => ({ message: "there is no such file or folder", file, fix: "check the path" })),
    )
  if (one !== other)
    throw failure("usage", {
      message: "--predictions and --reference are a file and a folder",
      expected: "two files, or two folders",
      found: `${one ? "folder" : "file"} ${predictions}, ${other ? "folder" : "file"} ${references}`,
    })
  if (!one)
    return {
      pairs: [{ case: caseOf(references), prediction: predictions, reference: references }],
      problems: [],
    }
  return paired(await sideOf("prediction", predictions), await sideOf("reference", references))
}

const caseOf = (file: string): string => basename(file).replace(ending, "")

/** Null when there is nothing. */
const isFolder = async (path: string): Promise<boolean | null> => {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null
    throw error
  }
}

interface Side {
  readonly name: "prediction" | "reference"
  readonly folder: string
  /** By the case's name as it is compared. */
  readonly files: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
}

const sideOf = async (name: Side["name"], folder: string): Promise<Side> => {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(
    (entry) => !entry.name.startsWith("."),
  )
  const shown = entries.map((entry) => entry.name).sort()
  const candidates = entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).sort()
  const files = new Map<string, string>()
  const problems: Problem[] = []
  for (const each of candidates.filter((candidate) => ending.test(candidate))) {
    const key = keyOf(caseOf(each))
    const twin = files.get(key)
    if (twin === undefined) files.set(key, join(folder, each))
    else
      problems.push({
        message: `two ${name}s are of case ${caseOf(each)}`,
        file: join(folder, each),
        found: `also ${twin}`,
        fix: "keep one of the two",
      })
  }
  const unread = unreadImages(candidates).filter((each) => !ending.test(each))
  if (unread.length > 0)
    problems.push({
      message: "the folder holds images of a kind that losslab does not read",
      file: folder,
      expected: "names that end in .nii, .nii.gz or .png",
      found: someOf(unread),
      fix: "convert or rename them, or move them to another folder",
    })
  else if (files.size === 0)
    problems.push({
      message: "the folder holds no masks",
      file: folder,
      expected: "files whose names end in .nii, .nii.gz or .png",
      found: shown.length === 0 ? "nothing" : someOf(shown),
    })
  return { name, folder, files, problems }
}

const paired = (predictions: Side, references: Side) => {
  const pairs = [...references.files].flatMap(([key, reference]): Pair[] => {
    const prediction = predictions.files.get(key)
    return prediction === undefined ? [] : [{ case: caseOf(reference), prediction, reference }]
  })
  const problems = [...predictions.problems, ...references.problems]
  // Nothing to compare is said already.
  if (predictions.files.size > 0 && references.files.size > 0)
    problems.push(
      ...(pairs.length === 0
        ? [nothingPairs(predictions, references)]
        : [...alone(references, predictions), ...alone(predictions, references)]),
    )
  return { pairs: pairs.sort((a, b) => (a.case < b.case ? -1 : 1)), problems }
}

const casesOf = ({ files }: Side): string[] => [...files.values()].map(caseOf)

const nothingPairs = (predictions: Side, references: Side): Problem => ({
  message: "no prediction has the name of a reference",
  file: predictions.folder,
  expected: `names as in ${references.folder}: ${someOf(casesOf(references))}`,
  found: someOf(casesOf(predictions)),
  fix: "name each prediction as its reference is named; only the endings .nii, .nii.gz and .png may differ",
})

/** What one side has and the other lacks. */
const alone = (side: Side, other: Side): Problem[] => {
  const names = [...side.files].flatMap(([key, file]) => (other.files.has(key) ? [] : [caseOf(file)]))
  if (names.length === 0) return []
  return [
    {
      message: `${names.length === 1 ? `1 ${side.name} has` : `${names.length} ${side.name}s have`} no ${other.name}`,
      file: other.folder,
      expected: `a ${other.name} for each ${side.name} in ${side.folder}`,
      found: `none for ${names.join(", ")}`,
      fix: "add what is missing, or score folders of the same cases: none is left out silently",
    },
  ]
}
