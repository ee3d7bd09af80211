import { readFile } from 'node:fs/promises'
import { compile, runFlow } from '@millrace/engine'
import * as millrace from '@millrace/nodes/server'
import * as mine from './for-each-word.ts'

const file = new URL('flow.json', import.meta.url)
const document: unknown = JSON.parse(await readFile(file, 'utf8'))
const plan = compile(document, [millrace, mine])

const prompt = process.argv[2] ?? 'the mill turns'
const run = runFlow(plan, { input: { sessionId: 'example', prompt } })
for await (const value of run.values()) console.log(value)
console.log(`${String(await run.result())} words`)
