import type { Environment } from '../api/environments.ts'
import type { KeyWish, Policy } from '../api/keys-api.ts'

/** A new key as it stands in its form. */
export interface KeyForm {
  readonly name: string
  readonly policies: readonly Policy[]
  readonly scope: 'all' | 'some'
  /** The chosen flows, while the scope is some. */
  readonly flows: readonly string[]
  readonly environment: Environment | 'any'
  readonly requestsPerMinute: number | undefined
  readonly concurrentRuns: number | undefined
}

export const emptyKeyForm: KeyForm = {
  name: '',
  policies: ['execute'],
  scope: 'all',
  flows: [],
  environment: 'any',
  requestsPerMinute: undefined,
  concurrentRuns: undefined,
}

export type KeyFormErrors = Partial<Readonly<Record<'name' | 'policies' | 'flows' | Limit, string>>>

type Limit = 'requestsPerMinute' | 'concurrentRuns'

/** Whether a key reaches everything, whatever else is chosen. */
export function isForAll({ policies }: Pick<KeyForm, 'policies'>): boolean {
  return policies.includes('configure')
}

/** What the form asks for, or what is wrong with it, field by field. */
export function readKeyForm(
  form: KeyForm,
): { readonly wish: KeyWish } | { readonly errors: KeyFormErrors } {
  const isNarrow = !isForAll(form) && form.scope === 'some'
  const errors: KeyFormErrors = {
    ...(form.name.trim() === '' ? { name: 'Give it a name, such as the program’s.' } : {}),
    ...(form.policies.length === 0 ? { policies: 'Choose what it may do.' } : {}),
    ...(isNarrow && form.flows.length === 0 ? { flows: 'Choose a flow, or all flows.' } : {}),
    ...limitError(form, 'requestsPerMinute'),
    ...limitError(form, 'concurrentRuns'),
  }
  if (Object.keys(errors).length > 0) return { errors }
  return {
    wish: {
      name: form.name.trim(),
      policies: form.policies,
      ...(isNarrow ? { flows: form.flows } : {}),
      ...(isForAll(form) || form.environment === 'any' ? {} : { environment: form.environment }),
      limits: {
        requestsPerMinute: form.requestsPerMinute ?? null,
        concurrentRuns: form.concurrentRuns ?? null,
      },
    },
  }
}

function limitError(form: KeyForm, limit: Limit): KeyFormErrors {
  const value = form[limit]
  if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= 1_000_000)) {
    return {}
  }
  return { [limit]: 'Give a whole number from 1 to 1000000, or leave it empty.' }
}
