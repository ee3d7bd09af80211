import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { basename } from 'node:path'
import type { Implementation, NodePackage } from '@millrace/engine'
import {
  connectionDefinitionProblems,
  createRegistry,
  isRecord,
  nodeDefinitionProblems,
  type ConnectionDefinition,
  type Registry,
} from '@millrace/flow'
import { registry as ours } from '@millrace/nodes'
import { moduleAddress } from './module-address.ts'
import { StartError } from './start-error.ts'

/**
 * Loads packages of nodes that are not Millrace's: by their names as they are found from a directory,
 * or by the paths of modules. What they bring is checked, and each definition says whose it is. Throws
 * a `StartError` that names the first one that cannot be used, and why.
 */
export async function loadNodePackages(
  names: readonly string[],
  directory: string,
): Promise<readonly NodePackage[]> {
  const loaded: NodePackage[] = []
  for (const name of names) loaded.push(await loadOne(name, directory, registryWith(loaded)))
  return loaded
}

/** All that flows can be made of here: what Millrace brings, then what the packages bring. */
export function registryWith(packages: readonly NodePackage[]): Registry {
  return createRegistry({
    nodes: [
      ...ours.nodes.values(),
      ...packages.flatMap(({ nodes }) => nodes.map(({ definition }) => definition)),
    ],
    connections: [
      ...ours.connections.values(),
      ...packages.flatMap(({ connections = [] }) => connections),
    ],
    migrations: [...ours.migrations, ...packages.flatMap(({ migrations = [] }) => migrations)],
  })
}

async function loadOne(name: string, directory: string, known: Registry): Promise<NodePackage> {
  const fail = (reason: string) => new StartError(`MILLRACE_NODES names "${name}", ${reason}`)
  let address: string
  let module: unknown
  try {
    address = moduleAddress(name, directory)
    module = await import(address)
  } catch (error) {
    throw fail(`which cannot be loaded: ${whyNotLoaded(error, directory)}`)
  }
  const { nodes, connections = [], migrations = [] } = isRecord(module) ? module : {}
  if (!Array.isArray(nodes) || !Array.isArray(connections) || !Array.isArray(migrations)) {
    throw fail(
      'which is no package of nodes. It has to export "nodes", a list, and may export "connections" and "migrations".',
    )
  }
  const title = titleOf(name, address)
  const types = new Set<string>()
  const kinds = new Set<string>()
  return {
    nodes: nodes.map((node, index) => {
      if (!isImplementation(node)) {
        throw fail(
          `whose node ${index + 1} is not what "implement" of @millrace/engine gives. Export that.`,
        )
      }
      const { definition } = node
      const [problem] = nodeDefinitionProblems(definition)
      if (problem !== undefined) {
        throw fail(
          `whose node "${String(definition.type)}" has a definition that is wrong. ${problem}`,
        )
      }
      const other = known.nodes.get(definition.type)
      if (other !== undefined || types.has(definition.type)) {
        const whose = other === undefined ? title : (other.package ?? 'Millrace')
        throw fail(
          `whose node "${definition.type}" has a type that ${whose} has already. Leave one of them out.`,
        )
      }
      types.add(definition.type)
      return { ...node, definition: { ...definition, package: title } }
    }),
    connections: connections.map((definition: ConnectionDefinition, index) => {
      const [problem] = connectionDefinitionProblems(definition)
      if (problem !== undefined) {
        throw fail(`whose kind of connection ${index + 1} is wrong. ${problem}`)
      }
      if (known.connections.has(definition.kind) || kinds.has(definition.kind)) {
        throw fail(
          `whose kind of connection "${definition.kind}" is there already. Leave one of them out.`,
        )
      }
      kinds.add(definition.kind)
      return definition
    }),
    migrations,
  }
}

/** What Node.js says of it in one line, and what to do. */
function whyNotLoaded(error: unknown, directory: string): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  const isMissing =
    error instanceof Error && 'code' in error && /MODULE_NOT_FOUND$/.test(String(error.code))
  const remedy = isMissing
    ? `Install it in ${directory}, or correct the name.`
    : 'Mend the package, or leave it out.'
  return `${line.replace(/[.!?]*$/, '.')} ${remedy}`
}

const functionOf = { action: 'run', trigger: 'accept', resource: 'provide' } as const

function isImplementation(value: unknown): value is Implementation {
  if (!isRecord(value) || !isRecord(value['definition'])) return false
  const { kind, definition } = value
  return (
    (kind === 'action' || kind === 'trigger' || kind === 'resource') &&
    kind === definition['kind'] &&
    typeof value[functionOf[kind]] === 'function'
  )
}

/** The name of the package that a module lies in, for a module that was given by its path. */
function titleOf(name: string, address: string): string {
  // Where there is none, Node.js 24 answers the directory instead.
  const manifest = findPackageJSON('.', address)
  if (manifest === undefined || basename(manifest) !== 'package.json') return name
  const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'))
  return isRecord(content) && typeof content['name'] === 'string' ? content['name'] : name
}
