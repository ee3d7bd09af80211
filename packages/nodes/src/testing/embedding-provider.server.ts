import { startProvider, type ScriptedProvider } from './scripted-provider.server.ts'

/** How often each of these words stands in a text is one number of its vector. */
const words = ['mill', 'wheel', 'corn']

/** A provider that embeds texts by the words in them, so that a test can tell what is near what. */
export function startEmbeddingProvider(): Promise<ScriptedProvider> {
  return startProvider((response, { body }) => {
    const input = [body['input']].flat()
    const data = input.map((text, index) => ({ index, embedding: wordVector(String(text)) }))
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ object: 'list', data, usage: null }))
  })
}

function wordVector(text: string): readonly number[] {
  return words.map((word) => text.split(word).length - 1)
}
