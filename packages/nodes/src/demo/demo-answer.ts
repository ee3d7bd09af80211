import { bestSentences, sentencesOf } from './best-sentences.ts'
import { passagesOf } from './passages.ts'

/** A message as a client of the demo model sends it. */
export interface DemoMessage {
  readonly role: string
  readonly content: string
}

/**
 * What the demo model says. It claims no understanding: it quotes the sentences of the context that
 * share the most words with the question, or tells what arrived. The same messages always get the
 * same answer.
 */
export function demoAnswer(messages: readonly DemoMessage[]): string {
  const last = messages.findLast(({ role }) => role === 'user')?.content ?? ''
  const { context, question } = splitPrompt(last)
  const isSystem = ({ role }: DemoMessage) => role === 'system' || role === 'developer'
  const parts = [
    'This is the demo model, not an AI.',
    context === undefined ? withoutContext(question) : fromContext(context, question),
    aboutTurns(messages.filter((message) => !isSystem(message)).length - 1),
    context === undefined && messages.some(isSystem)
      ? 'Your system prompt arrived too; a real model would follow it.'
      : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** Takes apart a prompt of the form `CONTEXT: … USER QUESTION: …`, with any words for the second. */
function splitPrompt(prompt: string): {
  readonly context: string | undefined
  readonly question: string
} {
  const [, context, question] =
    /^\s*CONTEXT:?(.*?)\n[ \t]*(?:USER[ _-]?)?(?:QUESTION|PROMPT|MESSAGE|INPUT):?(.*)$/is.exec(
      prompt,
    ) ?? []
  if (context === undefined || question === undefined || context.trim() === '') {
    return { context: undefined, question: (question ?? prompt).trim() }
  }
  return { context: context.trim(), question: question.trim() }
}

function fromContext(context: string, question: string): string {
  const passages = passagesOf(context)
  const text = passages.map((passage) => passage.text).join('\n')
  const found = bestSentences(text, question, 3)
  if (found.length > 0) {
    const quotes = found.map((sentence) => {
      const source = passages.find((passage) => passage.text.includes(sentence))?.source
      return source === undefined ? `> ${sentence}` : `> ${sentence} (${source})`
    })
    return `The context that the flow found says about it:\n\n${quotes.join('\n>\n')}\n\nA real model would put that into words of its own.`
  }
  const [first = ''] = sentencesOf(text)
  return `The context that came with ${quoted(question)} shares no word with it. It begins:\n\n> ${shorten(first, 200)}\n\nA real model may see more in it.`
}

function withoutContext(question: string): string {
  if (question === '') return 'The message that reached me was empty.'
  const said = quoted(question)
  const words = question.split(/\s+/).length
  const sentences = [
    `Millrace brought me ${said} and now streams these words back, one message at a time, through your flow. Choose an OpenAI connection in the node to get a real answer.`,
    `Your message ${said} (${words} ${words === 1 ? 'word' : 'words'}) went from the trigger through your flow to me, and each piece of this answer runs the nodes at "For each message". A real model behind an OpenAI connection would answer it.`,
    `I got ${said} and cannot understand it, but you can watch how the answer grows: in the node on the canvas and in the chat at the same time. Connect a real model when the flow does what you want.`,
    `${said} arrived safely. What you see streaming is what a client of this flow would get. Bind a context to the node and I will quote from it; connect a real model and it will think about it.`,
  ]
  return sentences[hash(question) % sentences.length] ?? ''
}

function aboutTurns(earlier: number): string {
  if (earlier <= 0) return ''
  return `I also got ${earlier} earlier ${earlier === 1 ? 'message' : 'messages'} of this conversation, so follow-up questions reach the model with what came before.`
}

function quoted(text: string): string {
  return `"${shorten(text.replaceAll(/\s+/g, ' '), 80)}"`
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`
}

function hash(text: string): number {
  let value = 0
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003
  return value
}

/** The pieces in which an answer is streamed, and by which it is counted: words with their space. */
export function tokensOf(text: string): readonly string[] {
  return text.trimEnd().match(/\s*[^\s]{1,8}/g) ?? []
}
