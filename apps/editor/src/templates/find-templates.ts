import { registry } from '../registry.ts'
import { isMistypedOf, wordsIn } from '../ui/near-words.ts'
import { textOfType } from './text-of-type.ts'
import { templateSubjects, type FlowTemplate } from './templates.ts'

/** The templates that have every word of a search, in what they say or in what they are made of. */
export function findTemplates(
  templates: readonly FlowTemplate[],
  query: string,
): readonly FlowTemplate[] {
  const words = wordsIn(query)
  return templates.filter((template) => {
    const said = wordsIn(textOf(template))
    return words.every(
      (word) => said.some((one) => one.startsWith(word)) || isMistypedOf(word, said),
    )
  })
}

function textOf(template: FlowTemplate): string {
  const { nodes } = template.create('sample', template.name, '')
  const titles = nodes.map(({ type }) => textOfType(type, registry))
  const { title, description, subject } = template
  return [title, description, templateSubjects[subject], ...titles].join(' ')
}
