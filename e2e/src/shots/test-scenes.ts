import type { Page } from '@playwright/test'
import { noTests } from '@millrace/flow'
import type { FakeServer } from './fake-api.ts'
import { sampleRun } from './sample-run.ts'
import type { Scene } from './scenes.ts'

const flowId = 'example-chat'
const at = `/flows/${flowId}`
const passed = { passed: true, ms: 31, differences: [], actual: {} }

const prompt =
  'You are a friendly assistant. A mill race is the channel that leads water to a mill wheel: it turns a stream into steady work.'

const results = [
  { name: 'What does a mill race do?', ...passed },
  {
    name: 'Answers in one sentence, also when the question is much longer than that',
    ...passed,
    passed: false,
    differences: [
      {
        at: 'recordings.chat[0].request.body.messages[0].content',
        expected: prompt,
        actual: prompt.replace('friendly', 'grumpy'),
      },
      { at: 'yields[3]', expected: ' is', actual: ' was' },
      { at: 'result', expected: { tokens: 12 } },
    ],
  },
  {
    name: 'Provider down',
    ...passed,
    passed: false,
    error: {
      code: 'recording_missing',
      message:
        '"chat" asked for POST /chat/completions, and the test has no recording of a call of it. Record the test again.',
      retryable: false,
    },
    differences: [{ at: 'outcome', expected: 'completed', actual: 'failed' }],
  },
  { name: 'History', ...passed, ms: 12 },
]

const tests = {
  ...noTests(flowId),
  tests: results.map(({ name }) => ({ name, expect: { outcome: 'completed' } })),
}

/** The open panel; `never`: the server does not answer. */
function testScene(
  name: string,
  scene: Partial<Scene> & { readonly stored?: unknown } = {},
): Scene {
  const { stored = tests, act, ...rest } = scene
  const server: Partial<FakeServer> = {
    answer: (method, path) => {
      if (path === `/flows/${flowId}/tests/run`) return { status: 200, body: { results } }
      if (path !== `/flows/${flowId}/tests` || method !== 'GET') return undefined
      return stored === 'never' ? 'never' : { status: 200, body: stored, revision: '3' }
    },
    ...scene.server,
  }
  return {
    path: at,
    ...rest,
    name,
    server,
    async act(page, fake) {
      await page.getByRole('button', { name: /^Tests/ }).click()
      await act?.(page, fake)
    },
  }
}

async function runAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run all' }).click()
  await page.getByText('2 passed, 2 failed').waitFor()
}

/** The tests of a flow. */
export const testScenes: readonly Scene[] = [
  testScene('tests-empty', { stored: noTests(flowId) }),
  testScene('tests-empty-after-run', {
    path: `${at}?run`,
    stored: noTests(flowId),
    server: { events: sampleRun('completed') },
  }),
  testScene('tests-not-run'),
  testScene('tests-passed', { act: runAll }),
  testScene('tests-failed', {
    async act(page) {
      await runAll(page)
      await page.getByRole('option', { name: /Answers in one/ }).click()
    },
  }),
  testScene('tests-error', {
    async act(page) {
      await runAll(page)
      await page.getByRole('option', { name: /Provider down/ }).click()
    },
  }),
  testScene('tests-expectation', {
    async act(page) {
      await page.getByRole('button', { name: 'Edit what is expected' }).click()
    },
  }),
  testScene('tests-loading', { stored: 'never' }),
]
