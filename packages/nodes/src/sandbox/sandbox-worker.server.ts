import { parentPort } from 'node:worker_threads'
import variant from '@jitl/quickjs-singlefile-mjs-release-sync'
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core'
import { readCode, type ReadCode } from './read-code.server.ts'
import { runCode } from './run-code.server.ts'
import type { SandboxMessage, SandboxOutcome, SandboxRequest } from './sandbox-message.server.ts'

// The thread in which code of flows runs: QuickJS in WebAssembly, which has nothing but what it is given.
const quickjs = await newQuickJSWASMModuleFromVariant(variant)

/** WebAssembly gives no memory back, so a thread that once held this much ends after its call. */
const maxKeptBytes = 64 * 1024 * 1024
const maxKeptCodes = 100

/** What was read last stands last. */
const codes = new Map<string, ReadCode>()

parentPort?.on('message', (request: SandboxRequest) => {
  say({ kind: 'start' })
  const read = readOnce(request.code.source)
  const { outcome, isBroken } = read.status === 'read' ? run(request, read.body) : notRead(read)
  const isSpent = isBroken || quickjs.getWasmMemory().buffer.byteLength > maxKeptBytes
  say({ kind: 'end', outcome, isSpent })
})

function say(message: SandboxMessage): void {
  parentPort?.postMessage(message)
}

function readOnce(source: string): ReadCode {
  const read = codes.get(source) ?? readCode(source)
  codes.delete(source)
  codes.set(source, read)
  if (codes.size > maxKeptCodes) codes.delete(codes.keys().next().value ?? '')
  return read
}

function run(request: SandboxRequest, body: string) {
  const code = { inputs: request.code.inputs, body }
  if (request.kind === 'check') return runCode(quickjs, code)
  const onLog = (level: 'info' | 'warning' | 'error', message: string) =>
    say({ kind: 'log', level, message })
  return runCode(quickjs, code, { ...request, onLog })
}

function notRead({
  message,
  position,
  isReaderBroken = false,
}: Exclude<ReadCode, { status: 'read' }>) {
  const problem = { message, ...(position && { position }) }
  const outcome: SandboxOutcome = { status: 'unreadable', problem }
  return { outcome, isBroken: isReaderBroken }
}
