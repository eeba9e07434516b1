import type { Agreement } from "../files/sameGrid.ts"
import { fileSource } from "./fileSource.ts"
import { type Group, microUltrasoundFiles } from "./microUltrasoundFiles.ts"
import type { Source } from "./source.ts"

export interface MicroUltrasoundOptions {
  readonly folder: string
  /** Numbers of patients that must be there; the published 55 and 20 unless given. */
  readonly expect?: Readonly<Record<Group, number>>
  /** As in CaseOptions. */
  readonly foreground?: readonly number[] | null
  readonly agreement?: Agreement
  /** Where digests of files are remembered, so that hashing 75 patients again is quick. */
  readonly digestCache?: string
}

/** Micro-ultrasound of the prostate in the layout published as Zenodo record 10475293 (Jiang et al. 2024): one
 *  volume per patient; training patients with an expert's masks and a graduate student's, test patients with the
 *  expert's and those of a master's student, a medical student and a clinician. */
export const microUltrasound = (options: MicroUltrasoundOptions): Source => {
  const { folder, expect = { train: 55, test: 20 }, agreement = "geometry", digestCache } = options
  const { foreground = null } = options
  return fileSource(
    `micro-ultrasound of the prostate (Zenodo record 10475293), ${expect.train} + ${expect.test} patients, in ${folder}`,
    async () => ({
      cases: await microUltrasoundFiles(folder, expect),
      reading: { agreement, foreground, axis: "z", channel: null, spacingMm: null },
      remarks: [],
    }),
    digestCache,
  )
}
