/**
 * What runs in the sandbox before the code of a flow, as JavaScript. It makes `console` and answers
 * three functions, with the parts of the language that they need put by: what the code does to those
 * changes nothing here.
 */
export const guestPrelude = `(function (write, maxLength) {
  'use strict'
  const { parse, stringify } = JSON
  const toText = String
  const ErrorOfCode = Error
  const slice = Function.prototype.call.bind(String.prototype.slice)
  const apply = Reflect.apply

  function cut(text) {
    return text.length > maxLength ? slice(text, 0, maxLength) + '…' : text
  }

  function shown(value) {
    try {
      if (typeof value === 'string') return cut(value)
      if (value instanceof ErrorOfCode) return cut(toText(value.name) + ': ' + toText(value.message))
      const json = typeof value === 'object' ? stringify(value) : undefined
      return cut(json === undefined ? toText(value) : json)
    } catch {
      return '(a value that cannot be shown)'
    }
  }

  function logger(level) {
    return (...values) => {
      let line = ''
      for (let index = 0; index < values.length; index += 1) {
        line += (index === 0 ? '' : ' ') + shown(values[index])
        if (line.length > maxLength) break
      }
      // As JSON, since text crosses only up to its first NUL.
      write(level, stringify(cut(line)))
    }
  }

  globalThis.console = {
    log: logger('info'),
    info: logger('info'),
    debug: logger('info'),
    warn: logger('warning'),
    error: logger('error'),
  }

  return {
    call: (code, values) => apply(code, undefined, parse(values)),
    write: (value) => {
      const json = stringify(value)
      return json === undefined ? 'null' : json
    },
    describe: (thrown) => {
      const stack = thrown instanceof ErrorOfCode ? thrown.stack : undefined
      return stringify({
        // Without a prototype: a toJSON that the code gave to all objects is not asked.
        __proto__: null,
        message: shown(thrown),
        stack: typeof stack === 'string' ? cut(stack) : '',
      })
    },
  }
})`
