import { describe, expect, it } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import { modelHint, suggestionsOf, type ModelList } from './model-list.ts'

const ready: ModelList = { status: 'ready', value: ['gpt-5', 'gpt-5-mini'] }
const failed: ModelList = {
  status: 'failed',
  error: new ApiError('provider_unauthorized', 'The API key was refused.'),
}

describe('the suggestions of a model', () => {
  it('are the models that the connection lists', () => {
    expect(suggestionsOf(ready, 'chat').items).toEqual(['gpt-5', 'gpt-5-mini'])
  })

  it.each<[ModelList, string]>([
    [{ status: 'none' }, 'Choose a connection to see its models.'],
    [{ status: 'loading' }, 'Looking the models up …'],
    [failed, 'The models could not be listed: The API key was refused. Type an id.'],
    [{ status: 'ready', value: [] }, 'The connection lists no models. Type an id.'],
  ])('say why there are none: %o', (list, note) => {
    expect(suggestionsOf(list, 'chat')).toEqual({ items: [], note })
  })

  it('are first those for what is asked, then the others under a title', () => {
    const models = ['demo', 'demo-embedder', 'llama3', 'nomic-embed-text']
    const list: ModelList = { status: 'ready', value: models }
    expect(suggestionsOf(list, 'embedding')).toMatchObject({
      items: ['demo-embedder', 'nomic-embed-text'],
      more: { title: 'Other models', items: ['demo', 'llama3'] },
    })
    expect(suggestionsOf(list, 'chat')).toMatchObject({
      items: ['demo', 'llama3'],
      more: { title: 'Other models', items: ['demo-embedder', 'nomic-embed-text'] },
    })
  })

  it('are all of them where none is known to be for what is asked', () => {
    expect(suggestionsOf(ready, 'embedding')).toEqual({
      items: ['gpt-5', 'gpt-5-mini'],
      note: expect.any(String),
    })
  })
})

describe('the hint at a model', () => {
  it('is mild about a model that the connection does not list, and names the nearest', () => {
    expect(modelHint(ready, 'gpt-6')).toEqual({
      text: 'The connection does not list “gpt-6”. It may know it all the same.',
      nearest: 'gpt-5',
    })
    expect(modelHint(ready, 'llama')).not.toHaveProperty('nearest')
  })

  it('is silent about a listed model, a half-typed one, an unknown one and an empty list', () => {
    expect(modelHint(ready, 'gpt-5')).toBeUndefined()
    expect(modelHint(ready, 'gp')).toBeUndefined()
    expect(modelHint(ready, undefined)).toBeUndefined()
    expect(modelHint({ status: 'ready', value: [] }, 'gpt-6')).toBeUndefined()
    expect(modelHint({ status: 'loading' }, 'gpt-6')).toBeUndefined()
  })

  it('says that the models could not be listed, and offers to ask again', () => {
    expect(modelHint(failed, '')).toEqual({
      text: 'The models could not be listed: The API key was refused. Type an id.',
      canRetry: true,
    })
  })
})
