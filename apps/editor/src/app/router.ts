import { useSyncExternalStore } from 'react'
import { basePath } from '../api/base-path.ts'

/** The places of the editor. */
export type Route =
  | { readonly page: 'flows' }
  | {
      readonly page: 'designer'
      readonly flowId: string
      readonly isExampleRun: boolean
      /** The run of the flow that is shown on its canvas. */
      readonly runId?: string
      /** The other run that it is compared with. */
      readonly comparedId?: string
    }
  /** What a flow was, in the designer's place. */
  | { readonly page: 'versions'; readonly flowId: string }
  /** How programs call a flow, in the designer's place. */
  | { readonly page: 'api'; readonly flowId: string }
  /** The description of the server's whole API. */
  | { readonly page: 'docs' }
  | { readonly page: 'connections' }
  | { readonly page: 'variables' }
  | { readonly page: 'keys' }
  /** The runs of all flows; what the list is narrowed to stands in the query. */
  | { readonly page: 'runs'; readonly query: string }
  | { readonly page: 'unknown'; readonly path: string }

/** The place that an address names. */
export function routeOf(address: string): Route {
  const url = new URL(address, 'http://editor')
  const parts = url.pathname.split('/').filter(Boolean).map(decode)
  const [first, second, third, fourth] = parts
  if (first === undefined) return { page: 'flows' }
  if (first === 'connections' && parts.length === 1) return { page: 'connections' }
  if (first === 'variables' && parts.length === 1) return { page: 'variables' }
  if (first === 'keys' && parts.length === 1) return { page: 'keys' }
  if (first === 'runs' && parts.length === 1) return { page: 'runs', query: url.search.slice(1) }
  if (first === 'docs' && parts.length === 1) return { page: 'docs' }
  if (first === 'flows' && parts.length === 1) return { page: 'flows' }
  if (first === 'flows' && second !== undefined && parts.length === 2) {
    return { page: 'designer', flowId: second, isExampleRun: url.searchParams.has('run') }
  }
  if (first === 'flows' && second !== undefined && third === 'versions' && parts.length === 3) {
    return { page: 'versions', flowId: second }
  }
  if (first === 'flows' && second !== undefined && third === 'api' && parts.length === 3) {
    return { page: 'api', flowId: second }
  }
  if (first === 'flows' && second !== undefined && third === 'runs' && parts.length === 4) {
    const comparedId = url.searchParams.get('with')
    return {
      page: 'designer',
      flowId: second,
      isExampleRun: false,
      ...(fourth === undefined ? {} : { runId: fourth }),
      ...(comparedId === null ? {} : { comparedId }),
    }
  }
  return { page: 'unknown', path: url.pathname }
}

/** The address of a run, on the canvas of its flow. */
export function runPath(flowId: string, runId: string): string {
  return `${designerPath(flowId)}/runs/${encodeURIComponent(runId)}`
}

/** The address of two runs beside each other. */
export function comparisonPath(flowId: string, runId: string, comparedId: string): string {
  return `${runPath(flowId, runId)}?with=${encodeURIComponent(comparedId)}`
}

/** The address of what a flow was. */
export function versionsPath(flowId: string): string {
  return `${designerPath(flowId)}/versions`
}

/** The address of how programs call a flow. */
export function apiPath(flowId: string): string {
  return `${designerPath(flowId)}/api`
}

/** The address of a flow's designer. */
export function designerPath(flowId: string, options: { isExampleRun?: boolean } = {}): string {
  return `/flows/${encodeURIComponent(flowId)}${options.isExampleRun ? '?run' : ''}`
}

/** Goes to another place, below the base path, as a click on a link does; `replace` leaves no step back. */
export function navigate(path: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', basePath + path)
  else history.pushState(null, '', basePath + path)
  for (const listener of listeners) listener()
}

/** The path of the place that the window is at. */
export function currentPath(): string {
  return location.pathname.slice(basePath.length) || '/'
}

/** The place the window is at. */
export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, currentAddress)
  return routeOf(address)
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

function currentAddress(): string {
  return currentPath() + location.search
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
