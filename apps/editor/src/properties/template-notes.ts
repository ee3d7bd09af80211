import { nearestName, placeholdersIn } from '@millrace/flow'

/** What a prompt template may hold, as its definition says. */
export interface TemplateRules {
  readonly placeholders: Readonly<Record<string, string>>
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
  { placeholders, expects }: TemplateRules,
): readonly TemplateNote[] {
  const spans = placeholdersIn(template)
  const names = new Set<string>()
  const notes: TemplateNote[] = []
  for (const { name, start, end } of spans) {
    if (names.has(name)) continue
    names.add(name)
    if (Object.hasOwn(placeholders, name)) continue
    const nearest = nearestName(name, Object.keys(placeholders))
    notes.push({
      message: `@@${name} is no placeholder: it is sent as it stands.`,
      ...(nearest === undefined
        ? {}
        : { fix: { text: `@@${nearest}`, range: { from: start, to: end } } }),
    })
  }
  if (expects !== undefined && template.trim() !== '' && !names.has(expects)) {
    notes.push({
      message: `@@${expects} is missing, so the model does not get it.`,
      fix: { text: `@@${expects}` },
    })
  }
  return notes
}
