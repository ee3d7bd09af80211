import { nearestName } from '@millrace/flow'
import type { Lookup } from '../connections/lookup.ts'
import { likelyPurpose, type ModelPurpose } from './model-purpose.ts'

/** What is known of the models of a connection. */
export type ModelList = Lookup<readonly string[]>

/** The models to suggest, or a sentence in their place. */
export interface ModelSuggestions {
  readonly items: readonly string[]
  readonly note: string
  /** Below the others, since they are most likely for something else. */
  readonly more?: { readonly title: string; readonly items: readonly string[] }
}

/** The models that are likely for a purpose come first; the others stay within reach. */
export function suggestionsOf(list: ModelList, purpose: ModelPurpose): ModelSuggestions {
  switch (list.status) {
    case 'none':
      return { items: [], note: 'Choose a connection to see its models.' }
    case 'loading':
      return { items: [], note: 'Looking the models up …' }
    case 'failed':
      return { items: [], note: failureOf(list.error.message) }
    case 'ready':
      return byPurpose(list.value, purpose)
  }
}

function byPurpose(models: readonly string[], purpose: ModelPurpose): ModelSuggestions {
  const note = 'The connection lists no models. Type an id.'
  const fitting = models.filter((model) => likelyPurpose(model) === purpose)
  const others = models.filter((model) => likelyPurpose(model) !== purpose)
  if (fitting.length === 0) return { items: models, note }
  if (others.length === 0) return { items: fitting, note }
  return { items: fitting, note, more: { title: 'Other models', items: others } }
}

/** Something to know about a model's id that is no mistake for certain. */
export interface ModelHint {
  readonly text: string
  /** The model that was perhaps meant. */
  readonly nearest?: string
  /** Whether asking again may help. */
  readonly canRetry?: true
}

/** What to say below the field; `id` is `undefined` when it is not known before the flow runs. */
export function modelHint(list: ModelList, id: string | undefined): ModelHint | undefined {
  if (list.status === 'failed') return { text: failureOf(list.error.message), canRetry: true }
  if (list.status !== 'ready' || id === undefined || id === '') return undefined
  const { value: models } = list
  // While somebody types, what is there so far is the beginning of one.
  if (models.length === 0 || models.some((model) => model.startsWith(id))) return undefined
  const nearest = nearestName(id, models)
  return {
    text: `The connection does not list “${id}”. It may know it all the same.`,
    ...(nearest === undefined ? {} : { nearest }),
  }
}

function failureOf(message: string): string {
  return `The models could not be listed: ${message} Type an id.`
}
