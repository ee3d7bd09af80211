import { isRecord } from '@millrace/flow'
import { basePath } from '../api/base-path.ts'
import { offlineError, readApiError, unreadable } from '../api/api-error.ts'

/** A JSON Schema, as far as it is known to be one. */
export type Schema = Readonly<Record<string, unknown>>

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly description: string
  readonly isRequired: boolean
  readonly schema: Schema
}

export interface RequestBody {
  readonly isRequired: boolean
  readonly schema: Schema
  readonly examples: readonly { readonly summary: string; readonly value: unknown }[]
}

/** An answer in one of its content types; `type` is empty for one without a body. */
export interface Answer {
  readonly status: string
  readonly description: string
  readonly type: string
  readonly schema: Schema
  readonly example: unknown
}

export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  /** Who may call it. */
  readonly caller: string
  readonly needsKey: boolean
  readonly parameters: readonly Parameter[]
  readonly body: RequestBody | undefined
  readonly answers: readonly Answer[]
}

export interface OperationGroup {
  readonly name: string
  readonly description: string
  readonly operations: readonly Operation[]
}

/** What the server says of its API. */
export interface ApiDescription {
  readonly version: string
  readonly description: string
  readonly groups: readonly OperationGroup[]
}

/** Asks the server what its API is. Fails with an `ApiError`. */
export async function readApiDescription(signal: AbortSignal): Promise<ApiDescription> {
  const response = await fetch(`${basePath}/openapi.json`, { signal }).catch((cause: unknown) => {
    signal.throwIfAborted()
    throw offlineError(cause)
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw readApiError(response.status, body)
  return describe(body)
}

/** The parts of an OpenAPI document that are shown; one of ours has them all. */
export function describe(document: unknown): ApiDescription {
  const { info, tags, paths } = recordOf(document)
  if (!Array.isArray(tags) || !isRecord(paths)) throw unreadable('description of the API')
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(recordOf(methods)).map(([method, operation]) =>
      operationOf({ path, method, operation: recordOf(operation) }),
    ),
  )
  return {
    version: textOf(recordOf(info)['version']),
    description: textOf(recordOf(info)['description']),
    groups: tags.map((tag) => {
      const { name, description } = recordOf(tag)
      return {
        name: textOf(name),
        description: textOf(description),
        operations: operations.filter((operation) => operation.tag === name),
      }
    }),
  }
}

interface Described {
  readonly path: string
  readonly method: string
  readonly operation: Schema
}

function operationOf({
  path,
  method,
  operation,
}: Described): Operation & { readonly tag: unknown } {
  const { operationId, summary, description, tags, security, parameters, requestBody, responses } =
    operation
  return {
    id: textOf(operationId),
    method: method.toUpperCase(),
    path,
    summary: textOf(summary),
    caller: textOf(description),
    needsKey: listOf(security).length > 0,
    tag: listOf(tags)[0],
    parameters: listOf(parameters).map(recordOf).map(parameterOf),
    body: requestBody === undefined ? undefined : bodyOf(recordOf(requestBody)),
    answers: Object.entries(recordOf(responses)).flatMap(([status, answer]) =>
      answersOf(status, recordOf(answer)),
    ),
  }
}

function parameterOf(parameter: Schema): Parameter {
  return {
    name: textOf(parameter['name']),
    in: textOf(parameter['in']),
    description: textOf(parameter['description']),
    isRequired: parameter['required'] === true,
    schema: recordOf(parameter['schema']),
  }
}

function bodyOf({ required, content }: Schema): RequestBody {
  const { schema, examples } = recordOf(recordOf(content)['application/json'])
  return {
    isRequired: required === true,
    schema: recordOf(schema),
    examples: Object.values(recordOf(examples)).map((example) => {
      const { summary, value } = recordOf(example)
      return { summary: textOf(summary), value }
    }),
  }
}

function answersOf(status: string, { description, content }: Schema): readonly Answer[] {
  const about = { status, description: textOf(description) }
  const contents = Object.entries(recordOf(content))
  if (contents.length === 0) return [{ ...about, type: '', schema: {}, example: undefined }]
  return contents.map(([type, of]) => {
    const { schema, example } = recordOf(of)
    return { ...about, type, schema: recordOf(schema), example }
  })
}

function recordOf(value: unknown): Schema {
  return isRecord(value) ? value : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
