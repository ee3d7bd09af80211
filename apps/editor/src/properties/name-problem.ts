import { isIdentifier, toIdentifier, uniqueName } from '@millrace/flow'

/** What is wrong with a name that is being typed, and a free one in its place. */
export interface NameProblem {
  readonly text: string
  /** `undefined` when nothing of the text can be kept. */
  readonly proposal: string | undefined
}

export interface NameRules {
  /** The name it has now. */
  readonly name: string
  /** Names that others have. */
  readonly taken: ReadonlySet<string>
  readonly mayBeEmpty: boolean
}

/** Judges the name of a variable while it is typed. */
export function nameProblem(
  draft: string,
  { name, taken, mayBeEmpty }: NameRules,
): NameProblem | undefined {
  if (draft === '') {
    return mayBeEmpty ? undefined : { text: 'A name is needed here.', proposal: undefined }
  }
  if (!isIdentifier(draft)) {
    const made = toIdentifier(draft)
    return {
      text: 'A name starts with a letter and holds letters, digits and _ only.',
      proposal: made === '' ? undefined : uniqueName(made, taken),
    }
  }
  if (draft !== name && taken.has(draft)) {
    return {
      text: `“${draft}” is taken by another variable. Choose another name.`,
      proposal: uniqueName(draft, taken),
    }
  }
  return undefined
}
