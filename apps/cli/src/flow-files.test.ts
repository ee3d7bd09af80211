import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serializeFlow, type Flow } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main, millrace, startServer } from './testing/millrace.ts'
import { makeTestFolder, type TestFolder } from './testing/test-folder.ts'

let folder: TestFolder
beforeAll(async () => {
  folder = await makeTestFolder()
})
afterAll(() => folder.remove())

const file: TestFolder['write'] = (...written) => folder.write(...written)

function flow(id: string, change: Partial<Flow> = {}): Flow {
  return {
    format: 'millrace/flow',
    version: 1,
    id,
    name: id,
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      {
        id: 'chat',
        type: 'openai.streamingChatCompletion',
        properties: {
          connection: 'team',
          modelId: 'gpt-4o-mini',
          userPrompt: { $ref: 'chatCompletionRequest.prompt' },
        },
      },
    ],
    edges: [{ from: ['trigger', 'next'], to: 'chat' }],
    ...change,
  }
}

const broken = flow('broken', { nodes: [{ id: 'say', type: 'flow.yieldReturn' }], edges: [] })

describe('millrace check', { timeout: 30_000 }, () => {
  it('checks several files and folders, and names each', async () => {
    const good = await file('flows/good.json', flow('good'))
    const bad = await file('flows/deep/bad.json', broken)
    await file('flows/deep/package.json', { name: 'no-flow' })
    await file('flows/node_modules/other.json', broken)
    await file('flows/torn.json', '{"format": "millrace/flow", ')
    const { code, output } = await millrace(['check', good, join(folder.path, 'flows/deep')])
    expect(code).toBe(1)
    expect(output).toBe(
      `${good}: No problems.\n${bad}:\nerror  say.value  "Value" of "Yield return" is empty. Set it. [property_missing]\n`,
    )
    const all = await millrace(['check', join(folder.path, 'flows')])
    expect(all.code).toBe(1)
    expect(all.output).toMatch(/torn\.json:\nerror {2}".*" is no JSON: .* \[document_malformed\]/)
  })

  it('prints the problems of all as JSON, each with its file', async () => {
    const path = await file('one.json', broken)
    const { code, output } = await millrace(['check', path, path, '--json'])
    expect(code).toBe(1)
    const { problems } = JSON.parse(output) as { readonly problems: readonly unknown[] }
    expect(problems).toHaveLength(2)
    expect(problems[0]).toMatchObject({ file: path, nodeId: 'say', code: 'property_missing' })
  })

  it('looks for the connections that flows name, when it is given some', async () => {
    const path = await file('named.json', flow('named'))
    const without = await file('none.json', {})
    const with_ = await file('some.json', {
      team: { kind: 'openai', fields: { apiKey: '${NO_KEY}' } },
    })
    const missing = await millrace(['check', path, '--connections', without])
    expect(missing).toMatchObject({ code: 1 })
    expect(missing.output).toContain('names the connection "team", which does not exist here')
    const env = { NO_KEY: 'k' }
    expect(await millrace(['check', path, '--connections', with_], env)).toMatchObject({ code: 0 })
  })

  it('says that a folder has no flows', async () => {
    await file('empty/package.json', {})
    expect(await millrace(['check', join(folder.path, 'empty')])).toMatchObject({ code: 2 })
  })
})

describe('millrace format', { timeout: 30_000 }, () => {
  it('writes what is not canonical, and nothing else', async () => {
    const path = await file('format/a.json', flow('format'))
    const flows = join(folder.path, 'format')
    expect(await millrace(['format', flows, '--check'])).toMatchObject({
      code: 1,
      output: `not canonical: ${path}\n`,
    })
    expect(await readFile(path, 'utf8')).toBe(JSON.stringify(flow('format')))
    expect(await millrace(['format', flows])).toMatchObject({ code: 0 })
    expect(await readFile(path, 'utf8')).toBe(serializeFlow(flow('format')))
    expect(await millrace(['format', flows, '--check'])).toEqual({
      code: 0,
      output: '',
      errors: '',
    })
  })

  it('leaves alone what it cannot read', async () => {
    const path = await file('malformed.json', { format: 'millrace/flow', version: 1, extra: 1 })
    const { code, errors } = await millrace(['format', path])
    expect([code, errors.includes('[document_malformed]')]).toEqual([1, true])
    expect(JSON.parse(await readFile(path, 'utf8'))).toHaveProperty('extra')
  })
})

describe('millrace diff', { timeout: 30_000 }, () => {
  const moved = flow('diffed', { layout: { nodes: { chat: [1, 2] } } })

  it('says in what two files differ, with 1, and that they do not, with 0', async () => {
    const before = await file('before.json', flow('diffed'))
    const after = await file('after.json', { ...moved, name: 'Other' })
    expect(await millrace(['diff', before, after])).toEqual({
      code: 1,
      output:
        'Changed\n  ~ flow name: "diffed" → "Other"\n\nMoved\n  ~ "Streaming chat completion" (chat): not set → [1,2]\n',
      errors: '',
    })
    expect(await millrace(['diff', before, before])).toMatchObject({
      code: 0,
      output: 'No differences.\n',
    })
    const { output } = await millrace(['diff', before, after, '--json'])
    expect(JSON.parse(output)).toMatchObject({ rewired: [], moved: [{ nodeId: 'chat' }] })
  })

  it('needs two flows', async () => {
    const before = await file('before.json', flow('diffed'))
    const noFlow = await file('no-flow.json', {})
    for (const args of [[before], [before, before, before], [before, noFlow], [before, 'gone']]) {
      expect(await millrace(['diff', ...args])).toMatchObject({ code: 2 })
    }
  })

  it('is a diff driver of git, for what came, changed and went', async () => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], {
        cwd: join(folder.path, 'repository'),
        encoding: 'utf8',
      })
    await file('repository/flow.json', flow('diffed'))
    await file('repository/package.json', '{\n  "version": "1"\n}\n')
    await file('repository/.gitattributes', '*.json diff=millrace\n')
    git('init', '--quiet')
    git('config', 'diff.millrace.command', `${process.execPath} ${main} diff --git`)
    git('add', '.')
    git('commit', '--quiet', '-m', 'first')
    await file('repository/flow.json', serializeFlow(moved))
    await file('repository/package.json', '{\n  "version": "2"\n}\n')
    await file('repository/new.json', flow('new', { nodes: [], edges: [] }))
    await file('repository/torn.json', '<<<<<<< HEAD\n  "format": "millrace/flow"')
    git('add', '--intent-to-add', '.')
    const output = git('diff', '--ext-diff')
    expect(output).toContain(
      'flow.json\nMoved\n  ~ "Streaming chat completion" (chat): not set → [1,2]\n',
    )
    expect(output).toContain('new.json\nNo differences.\n')
    expect(output).toMatch(/torn\.json\n".*" is no JSON/)
    // What is no flow is shown as ever.
    expect(output).toContain(
      'package.json\n@@ -1,3 +1,3 @@\n {\n-  "version": "1"\n+  "version": "2"\n }\n',
    )
  })
})

describe('millrace export and import', { timeout: 60_000 }, () => {
  let server: Awaited<ReturnType<typeof startServer>>
  let at: readonly string[]
  beforeAll(async () => {
    server = await startServer(join(folder.path, 'server'))
    at = ['--server', server.address]
  }, 60_000)
  afterAll(() => server[Symbol.asyncDispose]())

  it('carry a flow there and back, and say which connections it asks for', async () => {
    const path = await file('carried.json', flow('carried'))
    expect(await millrace(['import', path, ...at])).toEqual({
      code: 0,
      output:
        'created: carried, revision 1\n  needs the connection "team" of the kind openai or demo\n',
      errors: '',
    })
    const out = join(folder.path, 'exported.json')
    expect(await millrace(['export', 'carried', ...at, '--out', out])).toMatchObject({ code: 0 })
    expect(await readFile(out, 'utf8')).toBe(serializeFlow(flow('carried')))
    const { output } = await millrace(['export', 'carried', ...at])
    expect(output).toBe(serializeFlow(flow('carried')))
    expect((await millrace(['import', out, ...at])).output).toContain('unchanged: carried')
  })

  it('replace a flow that differs only when they are told to', async () => {
    const path = await file('forced.json', flow('forced'))
    await millrace(['import', path, ...at])
    await file('forced.json', flow('forced', { name: 'Second' }))
    const refused = await millrace(['import', path, ...at])
    expect(refused.code).toBe(1)
    expect(refused.errors).toContain('--force. [conflict]')
    expect((await millrace(['import', path, ...at, '--force'])).output).toContain(
      'updated: forced, revision 2',
    )
  })

  it('say what is missing, and where nothing answers', async () => {
    expect(await millrace(['export', 'nowhere', ...at])).toMatchObject({
      code: 1,
      errors: 'Error: There is no flow "nowhere". [not_found]\n',
    })
    const out = join(folder.path, 'no-such-folder', 'a.json')
    expect(await millrace(['export', 'example-rag-chat', ...at, '--out', out])).toMatchObject({
      code: 2,
      errors: expect.stringContaining(
        `"${out}" cannot be written (ENOENT). Check the path.`,
      ) as string,
    })
    const path = await file('lost.json', flow('lost'))
    const { code, errors } = await millrace(['import', path, '--server', 'http://127.0.0.1:9'])
    expect([code, errors.includes('[provider_unreachable]')]).toEqual([1, true])
    expect(await millrace(['import', path, '--server', 'nowhere'])).toMatchObject({ code: 2 })
    expect(await millrace(['import', path])).toMatchObject({ code: 2 })
  })
})
