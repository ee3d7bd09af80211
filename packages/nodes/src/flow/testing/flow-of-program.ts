import type { Edge, Flow, FlowNode, JsonObject, JsonValue } from '@millrace/flow'
import type { Program, Statement, Test, Value } from './program.ts'

/** A program as a document. */
export function flowOfProgram(program: Program): Flow {
  const writer = new FlowWriter()
  writer.chain(program, ['start', 'next'])
  return {
    format: 'millrace/flow',
    version: 1,
    id: 'program',
    name: 'Program',
    variables: [{ name: 'count', type: 'number', value: 0 }],
    nodes: [{ id: 'start', type: 'chat.trigger' }, ...writer.nodes],
    edges: writer.edges,
  }
}

class FlowWriter {
  readonly nodes: FlowNode[] = []
  readonly edges: Edge[] = []

  chain(program: Program, first: Edge['from']): void {
    let from = first
    for (const statement of program) {
      this.edges.push({ from, to: statement.id })
      this.#write(statement)
      from = [statement.id, exitOf(statement)]
    }
  }

  #write(statement: Statement): void {
    const { id } = statement
    const node = (type: string, properties: JsonObject = {}) => {
      const disabled = statement.isDisabled ? { disabled: true } : {}
      this.nodes.push({ id, type, ...disabled, properties })
    }
    const block = (port: string, program: Program) => this.chain(program, [id, port])
    switch (statement.kind) {
      case 'yield':
        return node('flow.yieldReturn', { value: binding(statement.value) })
      case 'count':
        return node('flow.setVariable', { variable: 'count', value: { $expr: 'count + 1' } })
      case 'wait':
        return node('flow.wait', { duration: 1 })
      case 'throw':
        return node('flow.throw', { message: 'Thrown.', details: binding(statement.value) })
      case 'throwAgain':
        return node('flow.throw', {
          error: 'caught',
          exception: { $ref: `error_${statement.of}` },
        })
      case 'return':
        return node('flow.return', { value: binding(statement.value) })
      case 'yieldBreak':
      case 'break':
      case 'continue':
        return node(`flow.${statement.kind}`)
      case 'if':
        node('flow.if', { condition: rows(statement.test) })
        block('true', statement.yes)
        return block('false', statement.no)
      case 'ifElse':
        node('flow.ifElse', {
          cases: statement.cases.map(({ test }, index) => ({
            id: `c${index}`,
            name: `Case ${index}`,
            condition: rows(test),
          })),
        })
        statement.cases.forEach(({ body }, index) => block(`case.c${index}`, body))
        return block('else', statement.otherwise)
      case 'forEach':
        node('flow.forEach', {
          items: statement.items,
          loopVariable: `item_${id}`,
          indexVariable: `index_${id}`,
        })
        return block('forEachItem', statement.body)
      case 'while':
        node('flow.while', {
          condition: rows(statement.test),
          maximumIterations: statement.most,
        })
        return block('whileTrue', statement.body)
      case 'stream':
        node('test.stream', {
          messages: statement.messages,
          isCut: statement.isCut,
          streamVariable: `message_${id}`,
          resultVariable: `said_${id}`,
        })
        return block('forEachMessage', statement.body)
      case 'try':
        node('flow.tryCatch', { exceptionVariable: `error_${id}` })
        block('try', statement.body)
        block('catch', statement.caught ?? [])
        return block('finally', statement.last)
    }
  }
}

function exitOf({ kind }: Statement): string {
  return ['yield', 'count', 'wait'].includes(kind) ? 'next' : 'continue'
}

function rows({ left, below }: Test): JsonValue {
  return { match: 'all', rows: [{ left: binding(left), operator: 'less', right: below }] }
}

function binding(value: Value): JsonValue {
  return typeof value === 'number' ? value : { $ref: value.reference }
}
