import { join } from 'node:path'
import type { Rolldown } from 'vite'

type Graph = Pick<Rolldown.ChunkingContext, 'getModuleInfo'>

const source = join(import.meta.dirname, 'src')
const page = join(source, 'app/designer-page.tsx')
const start = join(source, 'flows/flows-page.tsx')
const app = join(source, 'app/app.tsx')

/**
 * Names the chunks of the modules that the designer needs at once: of those that no other page ever
 * needs, of those that the start page needs at once as well, and of the others. Left alone, the bundler makes a chunk for
 * each set of parts on demand that share a module: dozens of small files, which take longer to fetch
 * and up a twentieth more packed than one.
 */
export function chunkOfDesigner(): (id: string, graph: Graph) => string | null {
  let names: ReadonlyMap<string, string> | undefined
  return (id, graph) => {
    names ??= chunkNames(graph)
    return names.get(id) ?? null
  }
}

function chunkNames(graph: Graph): ReadonlyMap<string, string> {
  const atOnce = (from: string) => reach(from, (id) => graph.getModuleInfo(id)?.importedIds ?? [])
  const [ofApp, ofStart, ofDesigner] = [app, start, page].map(atOnce)
  const others = reach(app, (id) => {
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {}
    return [...importedIds, ...dynamicallyImportedIds].filter((to) => to !== page)
  })
  const names = new Map<string, string>()
  for (const id of ofDesigner ?? []) {
    if (ofApp?.has(id)) continue
    names.set(id, !others.has(id) ? 'designer' : ofStart?.has(id) ? 'pages' : 'parts')
  }
  return names
}

/** A set hands out what is added while it is walked. */
function reach(from: string, nextOf: (id: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set([from])
  for (const id of reached) for (const next of nextOf(id)) reached.add(next)
  return reached
}
