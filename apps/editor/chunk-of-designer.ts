import { join } from 'node:path'
import type { Rolldown } from 'vite'

type Graph = Pick<Rolldown.ChunkingContext, 'getModuleInfo'>

const source = join(import.meta.dirname, 'src')
const page = join(source, 'app/designer-page.tsx')
const app = join(source, 'app/app.tsx')

/**
 * Names the chunk of our modules that the designer needs at once and no other page ever does. Left
 * alone, the bundler makes a chunk for each set of parts on demand that share a module: dozens of
 * small files, which take up a twentieth more packed than one.
 */
export function chunkOfDesigner(): (id: string, graph: Graph) => string | null {
  let only: ReadonlySet<string> | undefined
  return (id, graph) => {
    only ??= onlyInDesigner(graph)
    return only.has(id) ? 'designer' : null
  }
}

function onlyInDesigner(graph: Graph): ReadonlySet<string> {
  const atOnce = reach(page, (id) => graph.getModuleInfo(id)?.importedIds ?? [])
  const others = reach(app, (id) => {
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {}
    return [...importedIds, ...dynamicallyImportedIds].filter((to) => to !== page)
  })
  return new Set([...atOnce].filter((id) => id.startsWith(source) && !others.has(id)))
}

/** A set hands out what is added while it is walked. */
function reach(from: string, nextOf: (id: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set([from])
  for (const id of reached) for (const next of nextOf(id)) reached.add(next)
  return reached
}
