import { join } from "node:path"

/** Root folder of the published archive. */
export const rootName = "Micro_Ultrasound_Prostate_Segmentation_Dataset"

/** Where the published data keep what, below the root: folder, and file name up to the patient's number. The
 *  names of the test annotators' files are not published; readers go by the number at the end. */
export const layout = {
  train: {
    scan: ["micro_ultrasound_scans", "microUS_train"],
    expert: ["expert_annotations", "expert_annotation_train"],
    nonExpert: ["non_expert_annotations", "nonexpert_annotation_train"],
  },
  test: {
    scan: ["micro_ultrasound_scans", "microUS_test"],
    expert: ["expert_annotations", "expert_annotation_test"],
    masterStudent: ["master_student_annotations", "master_student_annotation_test"],
    medicalStudent: ["medical_student_annotations", "medical_student_annotation_test"],
    clinician: ["clinician_annotations", "clinician_annotation_test"],
  },
} as const

/** "<root>/train/expert_annotations/expert_annotation_train_07.nii.gz" */
export const fileOf = (root: string, group: keyof typeof layout, kind: string, patient: number): string => {
  const names: Readonly<Record<string, readonly [string, string]>> = layout[group]
  const [folder, prefix] = names[kind]!
  return join(root, group, folder, `${prefix}_${String(patient).padStart(2, "0")}.nii.gz`)
}
