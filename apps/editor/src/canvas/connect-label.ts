import { readPort } from './wiring.ts'

/** What drawing a wire from a port is called, before the other end is named: `Run after`. */
export function connectLabel(portId: string): string {
  switch (readPort(portId).kind) {
    case 'exec':
    case 'attach':
      return 'Connect to'
    case 'exec-in':
      return 'Run after'
    case 'attach-in':
      return 'Attach to'
    case 'in':
      return 'Bind to'
    case 'out':
      return 'Use in'
  }
}
