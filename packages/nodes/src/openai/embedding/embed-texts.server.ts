import type { PropertiesOf } from '@millrace/engine'
import { FlowError, type NodeDefinition } from '@millrace/flow'
import type OpenAI from 'openai'
import { ModelCall, type CallerContext } from '../model-call.server.ts'
import { refusedParameter } from '../refused-parameter.ts'
import type { embeddingProperties } from './embedding-properties.ts'
import { readEmbeddings, type EmbeddingAnswer } from './read-embeddings.server.ts'
import { textBatches } from './text-batches.ts'

/** What every node that embeds has. */
export interface EmbeddingContext extends CallerContext {
  readonly properties: Pick<
    PropertiesOf<NodeDefinition & { readonly properties: typeof embeddingProperties }>,
    keyof typeof embeddingProperties
  >
}

type Vectors = EmbeddingAnswer['vectors']

/** The vectors of texts, none of them empty, in their order and all of one length. Throws a `FlowError`. */
export async function embedTexts(
  context: EmbeddingContext,
  texts: readonly string[],
): Promise<Vectors> {
  const vectors: (readonly number[])[] = []
  for (const batch of textBatches(texts)) {
    vectors.push(...(await embedBatch(context, batch, vectors[0]?.length)))
  }
  return vectors
}

/** The vectors of one request; `length` is what earlier ones had. */
async function embedBatch(
  context: EmbeddingContext,
  texts: readonly string[],
  length: number | undefined,
): Promise<Vectors> {
  const { connection, embeddingModel, dimensions } = context.properties
  let answer: EmbeddingAnswer | undefined
  const call = new ModelCall<OpenAI.EmbeddingCreateParams>(context, {
    connection,
    model: { id: embeddingModel, purpose: 'embedding' },
    delivery: 'whole',
    request: {
      model: embeddingModel,
      input: [...texts],
      ...(dimensions === undefined ? {} : { dimensions }),
      // A third of the size of numbers.
      encoding_format: 'base64',
    },
    send: (client, request, options) => client.embeddings.create(request, options).asResponse(),
    adapt: (request, error) =>
      request.encoding_format === 'base64' &&
      refusedParameter(error, ['encoding_format']) !== undefined
        ? { request: { ...request, encoding_format: 'float' }, refused: 'base64' }
        : undefined,
    recorded: ({ input, ...rest }) => ({
      ...rest,
      // A document's many pieces would make its log as large as itself.
      input: input.length === 1 ? input : `${input.length} texts`,
    }),
    answered: () => ({
      usage: answer?.usage ?? null,
      ...(answer?.model === undefined ? {} : { model: answer.model }),
    }),
  })
  try {
    const response = await call.open()
    const read = readEmbeddings(await response.text(), texts.length)
    if ('fault' in read) throw unusable(connection.name, read.fault)
    answer = read
    expectLength(context, read.vectors, length)
    return read.vectors
  } catch (error) {
    const failure = call.failure(error)
    const isAboutLength = refusedParameter(error, ['dimensions']) !== undefined
    throw isAboutLength && dimensions !== undefined ? failure.in('dimensions') : failure
  } finally {
    call.close()
  }
}

function unusable(connection: string, fault: string): FlowError {
  return new FlowError(
    'upstream_protocol',
    `"${connection}" ${fault}. Check that the model is one that embeds, and the base URL of the connection.`,
    { property: 'embeddingModel' },
  )
}

/** Vectors of another length than was asked for, or than before, can be stored and compared with nothing. */
function expectLength(
  { properties }: EmbeddingContext,
  [vector]: Vectors,
  earlier: number | undefined,
): void {
  const { connection, embeddingModel, dimensions } = properties
  const got = vector?.length
  if (dimensions !== undefined && got !== dimensions) {
    throw new FlowError(
      'provider_failed',
      `"${embeddingModel}" gave vectors of ${got} numbers, and ${dimensions} were asked for. Its length cannot be chosen: empty Dimensions, or write ${got}.`,
      { property: 'dimensions' },
    )
  }
  if (earlier !== undefined && got !== earlier) {
    throw unusable(connection.name, `answered with vectors of ${earlier} and of ${got} numbers`)
  }
}
