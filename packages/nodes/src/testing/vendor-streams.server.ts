import { readFileSync } from 'node:fs'
import type { ErrorCode, Usage } from '@millrace/flow'

/** A streamed answer as a vendor sends it, in `streams/<name>.sse`, and what it says. */
export interface VendorStream {
  readonly name: string
  /** What is particular about it. */
  readonly about: string
  /** Where its vendor, or the standard, says so. */
  readonly source: string
  readonly messages: readonly string[]
  readonly finishReason: string | null
  readonly modelId: string
  readonly usage: Usage | null
  readonly refusal?: string
  /** What the node fails with, where the vendor breaks off. */
  readonly error?: ErrorCode
}

/** Written from the public formats of the vendors: what each does in its own way, nothing else. */
export const vendorStreams: readonly VendorStream[] = [
  {
    name: 'openai',
    about: 'padding, a service tier, usage with details',
    source: 'https://platform.openai.com/docs/api-reference/chat-streaming',
    messages: ['Water', ' turns', ' the', ' wheel', ',\n\n', '„', 'Müh', 'le', '“', ' 🏞️', '.'],
    finishReason: 'stop',
    modelId: 'gpt-4o-mini-2024-07-18',
    usage: usageOf(23, 11),
  },
  {
    name: 'openai-refusal',
    about: 'a refusal in place of content',
    source: 'https://platform.openai.com/docs/api-reference/chat-streaming',
    messages: [],
    finishReason: 'stop',
    modelId: 'gpt-4o-mini-2024-07-18',
    usage: usageOf(31, 10),
    refusal: "I'm sorry, I can't help with that.",
  },
  {
    name: 'openai-tool-calls',
    about: 'tool calls whose arguments look like content',
    source: 'https://platform.openai.com/docs/guides/function-calling#streaming',
    messages: [],
    finishReason: 'tool_calls',
    modelId: 'gpt-4o-mini-2024-07-18',
    usage: usageOf(58, 17),
  },
  {
    name: 'azure',
    about: 'a first chunk about the prompt, filter results in each choice',
    source: 'https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter',
    messages: ['The', ' stone', ' grinds', ' "slowly"', '.'],
    finishReason: 'stop',
    modelId: 'gpt-4o-2024-11-20',
    usage: usageOf(19, 6),
  },
  {
    name: 'azure-async-filter',
    about: 'chunks of an asynchronous filter, without delta and model, of which one ends it',
    source: 'https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-streaming',
    messages: ['Oats', ' and', ' rye', ' are', ' milled', ' here'],
    finishReason: 'content_filter',
    modelId: 'gpt-4o-2024-11-20',
    usage: null,
  },
  {
    name: 'ollama',
    about: 'the role in every chunk',
    source: 'https://github.com/ollama/ollama/blob/main/openai/openai.go',
    messages: ['Sl', 'uice', ' gates', ' \\ weirs', ':\t', 'open', '!'],
    finishReason: 'stop',
    modelId: 'llama3.2',
    usage: usageOf(28, 8),
  },
  {
    name: 'vllm',
    about: 'empty content beside the finish reason, a stop reason',
    source: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
    messages: ['水', '車', 'は', ' 回', 'る', '。'],
    finishReason: 'length',
    modelId: 'Qwen/Qwen2.5-7B-Instruct',
    usage: usageOf(12, 7),
  },
  {
    name: 'lm-studio',
    about: 'content in the first chunk',
    source: 'https://lmstudio.ai/docs/app/api/endpoints/openai',
    messages: ['A', ' mill', 'pond', ' holds', ' back', ' the', ' stream', '.'],
    finishReason: 'stop',
    modelId: 'qwen2.5-7b-instruct',
    usage: usageOf(16, 9),
  },
  {
    name: 'llama-cpp',
    about: 'content of null beside the role, timings beside the usage',
    source: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
    messages: ['Grain', ' goes', ' in', ', ', 'flour', ' comes', ' out', '.'],
    finishReason: 'stop',
    modelId: 'gemma-3-4b-it-Q4_K_M.gguf',
    usage: usageOf(14, 9),
  },
  {
    name: 'groq',
    about: 'usage in a field of its own as well',
    source: 'https://console.groq.com/docs/api-reference#chat-create',
    messages: ['Fast', ' as', ' a', ' flume', '.'],
    finishReason: 'stop',
    modelId: 'llama-3.3-70b-versatile',
    usage: usageOf(40, 6),
  },
  {
    name: 'mistral',
    about: 'usage in the chunk of the finish reason',
    source: 'https://docs.mistral.ai/api/#tag/chat',
    messages: ['Le', ' moulin', ' à', ' eau', ' tourne', ' déjà', '.'],
    finishReason: 'stop',
    modelId: 'mistral-small-latest',
    usage: usageOf(11, 8),
  },
  {
    name: 'openrouter',
    about: 'comments while it waits, a choice beside the usage',
    source: 'https://openrouter.ai/docs/api-reference/streaming',
    messages: ['Wheels', ' within', ' wheels', ': ', '✓'],
    finishReason: 'stop',
    modelId: 'anthropic/claude-sonnet-4',
    usage: usageOf(21, 7),
  },
  {
    name: 'openrouter-error',
    about: 'an error in the middle, beside a choice with a finish reason',
    source: 'https://openrouter.ai/docs/api-reference/errors',
    messages: ['Half', ' an'],
    finishReason: null,
    modelId: 'anthropic/claude-sonnet-4',
    usage: null,
    error: 'provider_failed',
  },
  {
    name: 'deepseek',
    about: 'reasoning before the content, comments while it thinks',
    source: 'https://api-docs.deepseek.com/guides/reasoning_model',
    messages: ['Over', 'shot', ', ', 'of', ' course', '.'],
    finishReason: 'stop',
    modelId: 'deepseek-reasoner',
    usage: usageOf(10, 15),
  },
  {
    name: 'gemini',
    about: 'few large chunks, usage in each, the finish reason beside content',
    source: 'https://ai.google.dev/gemini-api/docs/openai',
    messages: [
      'A mill race is the channel',
      ' that carries water to a mill wheel',
      ',\nand away from it again.',
    ],
    finishReason: 'stop',
    modelId: 'gemini-2.5-flash',
    usage: usageOf(9, 20),
  },
  {
    name: 'litellm',
    about: 'no finish reason before the last, usage beside an empty delta',
    source: 'https://docs.litellm.ai/docs/completion/stream',
    messages: ['Tail', 'race', ', ', 'head', 'race'],
    finishReason: 'stop',
    modelId: 'claude-sonnet-4',
    usage: usageOf(13, 6),
  },
  {
    name: 'groq-error',
    about: 'an error in a field of its own, beside a finish reason of stop',
    source:
      'https://github.com/groq/groq-python/blob/main/src/groq/types/chat/chat_completion_chunk.py',
    messages: ['Wat', 'er'],
    finishReason: null,
    modelId: 'llama-3.3-70b-versatile',
    usage: null,
    error: 'provider_failed',
  },
  {
    name: 'deepseek-interrupted',
    about: 'a finish reason that says that it ran out of machines',
    source: 'https://api-docs.deepseek.com/api/create-chat-completion',
    messages: ['Under', 'shot'],
    finishReason: null,
    modelId: 'deepseek-chat',
    usage: usageOf(10, 2),
    error: 'provider_failed',
  },
  {
    name: 'mistral-error',
    about: 'a finish reason of error, beside content',
    source: 'https://docs.mistral.ai/api/#tag/chat',
    messages: ['Une', ' roue', ' à'],
    finishReason: null,
    modelId: 'mistral-small-latest',
    usage: usageOf(11, 3),
    error: 'provider_failed',
  },
  {
    name: 'mistral-thinking',
    about: 'content in parts while it thinks, as text afterwards',
    source: 'https://docs.mistral.ai/capabilities/reasoning',
    messages: ['Un', ' bief', '.'],
    finishReason: 'stop',
    modelId: 'magistral-small-latest',
    usage: usageOf(12, 9),
  },
  {
    name: 'vllm-error',
    about: 'an error in place of a chunk, under no key of its own, and [DONE] after it',
    source: 'https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/openai/protocol.py',
    messages: ['Mahl', 'gang'],
    finishReason: null,
    modelId: 'Qwen/Qwen2.5-7B-Instruct',
    usage: null,
    error: 'provider_failed',
  },
  {
    name: 'sglang-abort',
    about: 'every field of a delta in each, a finish reason of abort',
    source:
      'https://github.com/sgl-project/sglang/blob/main/python/sglang/srt/entrypoints/openai/protocol.py',
    messages: ['Wheel', 'pit'],
    finishReason: null,
    modelId: 'Qwen/Qwen3-8B',
    usage: null,
    error: 'provider_failed',
  },
  {
    name: 'ollama-thinking',
    about: 'reasoning beside empty content',
    source: 'https://github.com/ollama/ollama/blob/main/openai/openai.go',
    messages: ['Mill', 'stones'],
    finishReason: 'stop',
    modelId: 'qwen3',
    usage: usageOf(15, 12),
  },
  ...[
    { name: 'crlf', about: 'lines that end in CR and LF, fields beside the data' },
    { name: 'carriage-return', about: 'lines that end in CR' },
    { name: 'byte-order-mark', about: 'a byte order mark' },
  ].map((stream) => ({
    ...stream,
    source:
      'https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream',
    messages: ['Kl', 'ap', 'per', '\r\n', 'größe', '👩‍🌾'],
    finishReason: 'stop',
    modelId: 'some-model',
    usage: usageOf(5, 6),
  })),
]

/** The folder of the streams. */
export const vendorStreamsFolder = new URL('./streams/', import.meta.url)

/** The bytes of a stream. */
export function bytesOf({ name }: VendorStream): Uint8Array {
  return readFileSync(new URL(`${name}.sse`, vendorStreamsFolder))
}

/** The bytes cut at these offsets, in any order, into one piece more. */
export function cutAt(bytes: Uint8Array, offsets: readonly number[]): readonly Uint8Array[] {
  const ends = offsets.toSorted((a, b) => a - b)
  return [0, ...ends].map((start, index) => bytes.subarray(start, ends[index] ?? bytes.length))
}

function usageOf(inputTokens: number, outputTokens: number): Usage {
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens }
}
