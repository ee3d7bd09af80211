import {
  nearestName,
  placeholdersIn,
  writePlaceholder,
  type TemplatePlaceholders,
} from '@millrace/flow'

/** What a template may hold, and should. */
export interface TemplateRules extends TemplatePlaceholders {
  /** The placeholder whose absence is worth a warning. */
  readonly expects?: string | undefined
}

/** Something to know about a template, and the text that would settle it. */
export interface TemplateNote {
  readonly message: string
  readonly fix?: {
    readonly text: string
    /** What the text takes the place of; at the caret when not given. */
    readonly range?: { readonly from: number; readonly to: number }
  }
}

/** What is doubtful about a template: unknown placeholders, each once, and one that is missing. */
export function templateNotes(
  template: string,
  { notation, meanings, expects }: TemplateRules,
): readonly TemplateNote[] {
  const spans = placeholdersIn(template, notation)
  const names = new Set<string>()
  const notes: TemplateNote[] = []
  for (const { name, start, end } of spans) {
    if (names.has(name)) continue
    names.add(name)
    if (meanings.has(name)) continue
    const nearest = nearestName(name, [...meanings.keys()])
    notes.push({
      message: `${writePlaceholder(name, notation)} is no placeholder: it is sent as it stands.`,
      ...(nearest === undefined
        ? {}
        : { fix: { text: writePlaceholder(nearest, notation), range: { from: start, to: end } } }),
    })
  }
  if (expects !== undefined && template.trim() !== '' && !names.has(expects)) {
    const text = writePlaceholder(expects, notation)
    notes.push({ message: `${text} is missing, so the model does not get it.`, fix: { text } })
  }
  return notes
}
