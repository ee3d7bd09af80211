import { isRecord } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { environments, type Environment } from './environments.ts'
import { request } from './request.ts'
import { textOfJson } from './text-of-json.ts'

/** A variable of the workspace. */
export interface Variable {
  readonly name: string
  readonly isSecret: boolean
  /** Its secret values were stored under another key and must be entered again. */
  readonly isLocked: boolean
  /** By environment, where it has one; a secret value is only known to be `set`. */
  readonly values: Readonly<Partial<Record<Environment, VariableValue>>>
}

export type VariableValue = string | { readonly isSet: true }

/** What is sent: an environment that is left out stays as it is, `null` takes its value away. */
export interface VariableChange {
  readonly isSecret: boolean
  readonly values: Readonly<Partial<Record<Environment, string | null>>>
}

/** A connection that holds a variable. */
export interface VariableUse {
  readonly id: string
  readonly name: string
  /** Whether its value may decide where secrets of the connection are sent. */
  readonly guidesSecrets: boolean
}

/** By the name of a variable, which need not exist, the connections that hold it. */
export type VariableUses = ReadonlyMap<string, readonly VariableUse[]>

export async function listVariables(): Promise<readonly Variable[]> {
  const { body } = await request('/variables')
  const list = isRecord(body) ? body['variables'] : undefined
  if (!Array.isArray(list)) throw unreadable('list of variables')
  return list.filter(isRecord).map(readVariable)
}

export async function listVariableUses(): Promise<VariableUses> {
  const { body } = await request('/variable-uses')
  const list = isRecord(body) ? body['variables'] : undefined
  if (!Array.isArray(list)) throw unreadable('list of what uses variables')
  return new Map(
    list.filter(isRecord).map(({ name, connections }) => {
      const uses = Array.isArray(connections) ? connections.filter(isRecord) : []
      return [textOfJson(name, ''), uses.map(readUse)]
    }),
  )
}

/** Makes or changes a variable. */
export async function putVariable(name: string, change: VariableChange): Promise<void> {
  await request(pathOf(name), { method: 'PUT', body: change })
}

export async function deleteVariable(name: string): Promise<void> {
  await request(pathOf(name), { method: 'DELETE' })
}

function pathOf(name: string): string {
  return `/variables/${encodeURIComponent(name)}`
}

function readUse(use: Readonly<Record<string, unknown>>): VariableUse {
  return {
    id: textOfJson(use['id'], ''),
    name: textOfJson(use['name'], ''),
    guidesSecrets: use['guidesSecrets'] === true,
  }
}

function readVariable(variable: Readonly<Record<string, unknown>>): Variable {
  const values = isRecord(variable['values']) ? variable['values'] : {}
  return {
    name: textOfJson(variable['name'], ''),
    isSecret: variable['isSecret'] === true,
    isLocked: variable['isLocked'] === true,
    values: Object.fromEntries(
      environments.flatMap((environment): readonly [Environment, VariableValue][] => {
        const value = values[environment]
        if (value === undefined) return []
        return [[environment, typeof value === 'string' ? value : { isSet: true }]]
      }),
    ),
  }
}
