import { registry as ours } from '@millrace/nodes'
import { fillRegistry } from '../registry.ts'

// Set up before each file of tests: the editor as it is on a server with the nodes of Millrace.
fillRegistry({ nodes: [...ours.nodes.values()], connections: [...ours.connections.values()] })
