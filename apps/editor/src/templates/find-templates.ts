import { nearestName } from '@millrace/flow'
import { registry } from '../registry.ts'
import { templateSubjects, type FlowTemplate } from './templates.ts'

/** The templates that have every word of a search, in what they say or in what they are made of. */
export function findTemplates(
  templates: readonly FlowTemplate[],
  query: string,
): readonly FlowTemplate[] {
  const words = wordsOf(query)
  return templates.filter((template) => {
    const said = wordsOf(textOf(template))
    return words.every(
      (word) =>
        said.some((one) => one.startsWith(word)) ||
        (word.length > 3 && nearestName(word, said) !== undefined),
    )
  })
}

function textOf(template: FlowTemplate): string {
  const { nodes } = template.create('sample', template.name, '')
  const titles = nodes.map(({ type }) => {
    const definition = registry.nodes.get(type)
    return definition === undefined ? type : `${definition.system} ${definition.title}`
  })
  const { title, description, subject } = template
  return [title, description, templateSubjects[subject], ...titles].join(' ')
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}
