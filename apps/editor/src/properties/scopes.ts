import {
  nearestName,
  parseReference,
  formatReference,
  typeAt,
  fieldsOf,
  required,
  type Flow,
  type ScopedFlow,
  type ScopeVariable,
} from '@millrace/flow'
import { useDeferredValue, useMemo } from 'react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { scopesIn, shapeOf } from '../document/scopes-in.ts'
import { registry } from '../registry.ts'
import { readContent } from './chip-content.ts'
import type { ChipLook } from './chip-look.ts'
import { wordsOf } from './format-words.ts'
import { originOf } from './picker-model.ts'

const selectFlow = ({ flow }: DocumentState) => flow

const selectShape = ({ flow }: DocumentState) => shapeOf(flow, registry)

/** The document and its scopes; while somebody types they may be a moment behind. */
export function useFlowAndScopes(): ScopedFlow {
  const flow = useDeferredValue(useDocument(selectFlow))
  return useMemo(() => ({ flow, scopes: scopesIn(flow, registry) }), [flow])
}

/**
 * The scopes, with a state of the document that has them: names, types and titles in it are those of
 * now, values may be older. So who asks is not drawn again for what is typed into other fields.
 */
export function useScopes(): ScopedFlow {
  const flow = useDeferredValue(useDocument(selectShape))
  return useMemo(() => ({ flow, scopes: scopesIn(flow, registry) }), [flow])
}

/** How chips of one node look, by what they hold. */
export function useChipLook(nodeId: string): (content: string) => ChipLook {
  const { flow, scopes } = useScopes()
  return useMemo(() => {
    const visible = scopes.at(nodeId)
    return (content) => chipLookOf(content, visible, flow)
  }, [flow, scopes, nodeId])
}

function chipLookOf(content: string, visible: readonly ScopeVariable[], flow: Flow): ChipLook {
  const read = readContent(content)
  if (read.kind === 'expression') {
    return { title: 'ƒx', tone: 'expression', reference: read.source }
  }
  const look = lookOfReference(read.formatted.reference, visible, flow)
  const words = wordsOf(read.formatted)
  return words === '' ? look : { ...look, words }
}

function lookOfReference(
  reference: string,
  visible: readonly ScopeVariable[],
  flow: Flow,
): ChipLook {
  const parsed = parseReference(reference)
  const variable = visible.find(({ name }) => name === parsed?.variable)
  if (parsed === undefined || variable === undefined) {
    return { title: 'unknown', tone: 'broken', reference }
  }
  if (typeAt(variable.type, parsed.path) === undefined) {
    return { title: originOf(variable, flow, registry).title, tone: 'broken', reference }
  }
  const { title, tone } = originOf(variable, flow, registry)
  return { title: tone === 'flow' ? 'var' : title, tone, reference }
}

/** What a broken reference most likely means, best guess first. */
export function nearestReferences(
  reference: string,
  visible: readonly ScopeVariable[],
): readonly string[] {
  const parsed = parseReference(reference)
  const name = parsed?.variable ?? reference
  const path = parsed?.path ?? []
  const same = visible.find((variable) => variable.name === name)
  if (same !== undefined) return repairedPaths(same, path)
  const byName = nearestName(
    name,
    visible.map((variable) => variable.name),
  )
  const candidates = [
    ...visible.filter((variable) => variable.name === byName),
    ...visible.filter((variable) => variable.name !== byName).toReversed(),
  ]
  return candidates
    .filter((variable) => typeAt(variable.type, path) !== undefined)
    .map((variable) => formatReference({ variable: variable.name, path }))
    .slice(0, 3)
}

function repairedPaths(
  variable: ScopeVariable,
  path: readonly (string | number)[],
): readonly string[] {
  const valid = path.findIndex(
    (_, index) => typeAt(variable.type, path.slice(0, index + 1)) === undefined,
  )
  const start = path.slice(0, Math.max(0, valid))
  const owner = typeAt(variable.type, start) ?? 'any'
  const fields = Object.keys(fieldsOf(required(owner)) ?? {})
  const nearest = nearestName(String(path[valid] ?? ''), fields)
  const ordered =
    nearest === undefined ? fields : [nearest, ...fields.filter((one) => one !== nearest)]
  return ordered
    .map((field) => formatReference({ variable: variable.name, path: [...start, field] }))
    .slice(0, 3)
}
