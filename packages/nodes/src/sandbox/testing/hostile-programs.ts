/** Programs that must never end by themselves within their time, or need more than they may have. */
export const greedyPrograms = {
  'an endless loop': 'for (;;) {}',
  'an endless loop that catches everything': 'for (;;) { try { for (;;) {} } catch {} finally {} }',
  'an endless loop behind an await': 'await 1; for (;;) {}',
  'an endless loop of awaits': 'for (;;) await 1',
  'an endless async generator':
    'async function* g() { for (;;) yield 1 }\nfor await (const x of g()) {}',
  'an endless generator': 'function* g() { for (;;) yield 1 }\nfor (const x of g()) {}',
  'an endless spread': 'function* g() { for (;;) yield 1 }\nreturn [...g()]',
  'a flood of promises':
    'const f = () => { Promise.resolve().then(f); Promise.resolve().then(f) }; f(); await new Promise(() => {})',
  'a chain of promises': 'const f = () => Promise.resolve().then(f); return f()',
  'a flood of rejections': 'for (;;) Promise.reject(new Error("x"))',
  'a thenable that resolves to itself again and again':
    'const t = { then(r) { r({ then: t.then }) } }; return t',
  'a memory bomb of objects': 'const a = []; for (;;) a.push({ a: [] })',
  'a memory bomb of nested objects': 'let a = {}; for (;;) a = { a }',
  'a memory bomb of buffers': 'const a = []; for (;;) a.push(new ArrayBuffer(1_000_000))',
  'a memory bomb of strings': 'const a = []; for (let i = 0; ; i++) a.push("x".repeat(1000) + i)',
  'a memory bomb that catches its end':
    'for (;;) { try { const a = []; for (;;) a.push([]) } catch {} }',
  'a map without end': 'const m = new Map(); for (let i = 0; ; i++) m.set({}, i)',
  'symbols without end': 'const a = []; for (let i = 0; ; i++) a.push(Symbol.for("s" + i))',
  'closures without end': 'let f = () => 1; for (;;) { const g = f; f = () => g() + 1 }',
  'a huge array, filled': 'return Array(1e9).fill(0).length',
  'a huge array, from a length': 'return Array.from({ length: 1e9 }, (_, i) => i).length',
  'a huge array, copied': 'return [].concat(Array(1e8), Array(1e8), Array(1e8)).length',
  'a huge array, joined': 'return Array(5e8).join("x").length',
  'a huge array, sorted': 'const a = []; a.length = 4e9; a.sort(); return 1',
  'a huge string, repeated': 'return "x".repeat(2 ** 29).length',
  'a huge string, padded': 'return "x".padEnd(2 ** 30 - 10).length',
  'a huge string, doubled': 'let s = "x"; for (;;) s += s',
  'a huge string, replaced': 'return "a".repeat(1e6).replace(/a/g, "b".repeat(10_000)).length',
  'a huge number': 'return String(7n ** 9_000_000n).length',
  'huge numbers, multiplied': 'let a = 3n ** 100_000n; for (;;) a = a * a',
  'a regular expression that explodes': 'return /^(a+)+$/.test("a".repeat(50) + "b")',
  'a regular expression with a back reference that explodes':
    'return /(x+x+)+y\\1/.test("x".repeat(50))',
  'a choice that explodes': 'return /^(a|a)*$/.test("a".repeat(50) + "b")',
  'a split that explodes': 'return ("x".repeat(60) + "z").split(/(x+x+)+y/)',
  'a comparator without end': 'return [3, 1, 2].sort(() => { for (;;) {} })',
  'a comparator that sorts': 'const f = () => [3, 1, 2].sort(f); for (;;) { try { f() } catch {} }',
  'a getter without end': 'return { get a() { for (;;) {} } }.a',
  'a getter that is written': 'return { get a() { for (;;) {} } }',
  'a toJSON without end': 'return { toJSON() { for (;;) {} } }',
  'a proxy without end': 'return new Proxy({}, { ownKeys() { for (;;) {} } })',
  'a proxy of a proxy without end': 'let p = {}; for (;;) p = new Proxy(p, {})',
  'a toString without end': 'return `${{ toString() { for (;;) {} } }}`',
  'an error that is shown without end':
    'const e = new Error(); Object.defineProperty(e, "message", { get() { for (;;) {} } }); for (;;) { try { throw e } catch {} }',
  'an iterator that never closes':
    'const [a] = { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }), return() { for (;;) {} } }) }',
  'JSON that doubles':
    'let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; return JSON.stringify(a).length',
  'JSON that is parsed without end': 'for (;;) JSON.parse("[" + "1,".repeat(1000) + "1]")',
  'a reviver without end': 'return JSON.parse("[1]", () => { for (;;) {} })',
  'code that makes code': 'for (;;) new Function("return " + "1+".repeat(1000) + "1")()',
  'code that evaluates code': 'let s = "1"; for (;;) { eval(s); s += "+1" }',
  'recursion that goes on': 'const f = () => { try { f() } finally { f() } }; f()',
  'recursion of awaits':
    'const f = async () => { await f() }; for (;;) { try { await f() } catch {} }',
  'a log without end': 'for (;;) console.log("x".repeat(100_000))',
  'finalizers without end':
    'const r = new FinalizationRegistry(() => { for (;;) {} }); for (;;) r.register({}, 1)',
  'typed arrays without end': 'const a = []; for (;;) a.push(new Float64Array(100_000).fill(1))',
} as const

/**
 * Programs that look for a way out, or for what they are not to have. Each returns what it found: a
 * list in which anything but null, false or undefined is a hit.
 */
export const escapingPrograms = {
  'globals of Node.js':
    'return [typeof process, typeof require, typeof module, typeof Buffer, typeof __dirname, typeof global].filter((t) => t !== "undefined")',
  'globals of browsers':
    'return [typeof window, typeof self, typeof document, typeof fetch, typeof XMLHttpRequest, typeof WebSocket, typeof Worker, typeof localStorage].filter((t) => t !== "undefined")',
  timers:
    'return [typeof setTimeout, typeof setInterval, typeof setImmediate, typeof queueMicrotask, typeof requestAnimationFrame].filter((t) => t !== "undefined")',
  'modules of QuickJS':
    'return [typeof std, typeof os, typeof bjson, typeof scriptArgs, typeof print, typeof loadScript].filter((t) => t !== "undefined")',
  'WebAssembly and the engine around it':
    'return [typeof WebAssembly, typeof Module, typeof HEAP8, typeof Atomics, typeof gc, typeof FFI].filter((t) => t !== "undefined")',
  'an import of fs': 'return [await import("fs").catch(() => null)]',
  'an import of node:process': 'return [await import("node:process").catch(() => null)]',
  'an import of std':
    'return [await import("std").catch(() => null), await import("os").catch(() => null)]',
  'an import of an address':
    'return [await import("data:text/javascript,export default 1").catch(() => null), await import("https://example.com/a.js").catch(() => null)]',
  'an import of a path':
    'return [await import("/etc/passwd").catch(() => null), await import("./package.json", { with: { type: "json" } }).catch(() => null)]',
  'an import from evaluated code': 'return [await (0, eval)("import(\\"fs\\")").catch(() => null)]',
  'the constructor of a function':
    'return [(() => {}).constructor("return typeof process !== \\"undefined\\"")()]',
  'the constructor of an async function':
    'return [await (async () => {}).constructor("return typeof require !== \\"undefined\\"")()]',
  'the constructor of a generator':
    'return [(function* () {}).constructor("yield typeof process !== \\"undefined\\"")().next().value]',
  'the constructor of an input':
    'return [input.constructor.constructor("return typeof process !== \\"undefined\\"")()]',
  'the constructor of a list that came in':
    'return [input.list.constructor.constructor("return this.process")()]',
  'the constructor of console.log':
    'return [console.log.constructor("return typeof process !== \\"undefined\\"")()]',
  'the caller of console.log':
    'const look = () => { try { return console.log.caller } catch { return null } }; return [look()]',
  'the arguments of console.log':
    'const look = () => { try { return console.log.arguments } catch { return null } }; return [look()]',
  'the callee of the code':
    'const look = () => { try { return arguments.callee } catch { return null } }; return [look()]',
  'the global object by this': 'return [this, (function () { return this })(), (() => this)()]',
  'the global object by indirect eval': 'return [typeof (0, eval)("this").process !== "undefined"]',
  'the global object by Function':
    'return [typeof Function("return this")().process !== "undefined"]',
  'the global object by a getter':
    'Object.defineProperty(Object.prototype, "me", { get() { return this } }); return [typeof globalThis.me.process !== "undefined"]',
  'every global':
    'const known = new Set("Error EvalError RangeError ReferenceError SyntaxError TypeError URIError InternalError AggregateError Array Object Function Iterator parseInt parseFloat isNaN isFinite decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape Infinity NaN undefined eval Number Boolean String Math Reflect Symbol globalThis BigInt Date RegExp JSON Proxy Map Set WeakMap WeakSet ArrayBuffer SharedArrayBuffer Uint8ClampedArray Int8Array Uint8Array Int16Array Uint16Array Int32Array Uint32Array BigInt64Array BigUint64Array Float16Array Float32Array Float64Array DataView Promise WeakRef FinalizationRegistry console".split(" ")); return Reflect.ownKeys(globalThis).filter((key) => typeof key === "string" && !known.has(key))',
  'what console carries':
    'return Reflect.ownKeys(console).filter((key) => !["log", "info", "debug", "warn", "error"].includes(key))',
  'the prelude by its stack':
    'const e = new Error(); return [/file:|node:|\\.ts|\\.js|wasm/.test(e.stack)]',
  'paths in an error of the engine':
    'try { null.x } catch (e) { return [/file:|node:|\\.ts|\\.js|wasm|\\//.test(e.stack)] }',
  'Error.prepareStackTrace':
    'Error.prepareStackTrace = (_, sites) => sites; const { stack } = new Error(); return [Array.isArray(stack) && stack.some((site) => site.getThis?.() || /file:|\\.ts/.test(String(site.getFileName?.())))]',
  'Error.captureStackTrace':
    'const o = {}; Error.captureStackTrace?.(o); return [/file:|\\.ts/.test(String(o.stack))]',
  'a stack overflow inside console':
    'let caught; const f = () => { try { f() } catch (e) { caught ??= e } }; console.log({ toJSON: f }); return [caught.constructor.constructor("return typeof process !== \\"undefined\\"")()]',
  'an exception out of console':
    'try { console.log({ get a() { throw 1 } }) } catch (e) { return [e] }; return []',
  'a value out of console': 'return [console.log("x"), console.error("x")]',
  'a promise of the outside': 'return [(await Promise.resolve(console.log("x")))]',
  'a species that hands values out':
    'class P extends Promise { static get [Symbol.species]() { return globalThis.process } }; return [typeof globalThis.process !== "undefined"]',
  'a thenable given to the outside':
    'let seen; const t = { then: (resolve, reject) => { seen = [resolve, reject].map((f) => f.constructor("return typeof process !== \\"undefined\\"")()); resolve(1) } }; await t; return seen',
  'what a proxy is asked as the result':
    'const seen = []; const p = new Proxy({}, { get: (t, key, receiver) => { seen.push(typeof key); return undefined } }); JSON.stringify(p); return seen.filter((type) => type !== "string" && type !== "symbol")',
  'a buffer that is shared':
    'const b = new SharedArrayBuffer(8); return [new Uint8Array(b).some((byte) => byte !== 0)]',
  'a buffer with what was there before':
    'return [new Uint8Array(new ArrayBuffer(1_000_000)).some((byte) => byte !== 0)]',
  'a date out of range': 'return [new Date(8.64e15 + 1).getTime() > 0]',
  'the environment by a locale': 'return [typeof Intl !== "undefined"]',
  'weak references to the inputs':
    'return [new WeakRef(input).deref().constructor.constructor("return typeof process !== \\"undefined\\"")()]',
  'Symbol.unscopables and with':
    'try { return [Function("with (this) { return typeof process !== \\"undefined\\" }")()] } catch { return [] }',
  'a debugger': 'debugger; return []',
  'HTML comments and hashbangs':
    'try { return [(0, eval)("#!/usr/bin/env node\\n1") === 2] } catch { return [] }',
  'a result that looks like an error of the server':
    'return []; throw Object.assign(new Error("x"), { code: "internal" })',
  'private fields of console':
    'class A { constructor(o) { return o } } class B extends A { #x = 1; static has(o) { return #x in o } } new B(console.log); return [B.has(console.error)]',
  'a tagged template that stays':
    'const tag = (s) => s; const f = () => tag`a`; return [f() !== f()]',
  'a Function whose text breaks out':
    'const look = () => { try { return Function("/*", "*/){ return 1 }; return typeof process !== \\"undefined\\"; (function(")() } catch { return null } }; return [look()]',
  'JSON that breaks out of its text':
    'return [JSON.parse(JSON.stringify("\\u2028\\u2029</script>")).length !== 11]',
} as const

/** Programs that try to change the JavaScript around the sandbox, by what they return, throw or log. */
export const pollutingPrograms = {
  'a key __proto__': 'return JSON.parse(\'{"__proto__": {"polluted": 1}}\')',
  'a key __proto__ deep inside': 'return [{ a: JSON.parse(\'{"__proto__": {"polluted": 1}}\') }]',
  'a key constructor': 'return { constructor: { prototype: { polluted: 1 } } }',
  'a prototype of its own': 'return Object.create({ polluted: 1 })',
  'a prototype of everything': 'Object.prototype.polluted = 1; return {}',
  'a getter of everything':
    'Object.defineProperty(Object.prototype, "polluted", { get: () => 1, enumerable: true }); return {}',
  'a toJSON of everything':
    'Object.prototype.toJSON = () => JSON.parse(\'{"__proto__": {"polluted": 1}}\'); return {}',
  'a toString that is thrown': 'throw { toString: () => "__proto__", polluted: 1 }',
  'an error with keys':
    'throw Object.assign(new Error("x"), JSON.parse(\'{"__proto__": {"polluted": 1}}\'))',
  'an error with another prototype':
    'const e = new Error("x"); Object.setPrototypeOf(e, { polluted: 1, constructor: { name: "x" } }); throw e',
  'a log of __proto__': 'console.log(JSON.parse(\'{"__proto__": {"polluted": 1}}\')); return {}',
  'a write to inputs':
    'input.__proto__.polluted = 1; input.constructor.prototype.polluted = 1; return input',
  'a prototype of lists':
    'Array.prototype.polluted = 1; Array.prototype.push = () => { throw 1 }; return [1]',
  'a then of everything':
    'Object.prototype.then = (resolve) => resolve(JSON.parse(\'{"__proto__": {"polluted": 1}}\')); return {}',
  'a name of a thrown error':
    'throw Object.assign(new Error("x"), { name: "__proto__", stack: "    at x (code:1:99)" })',
} as const

/** Programs that go so deep that the stack ends. */
export const deepPrograms = {
  'a function that calls itself': 'const f = () => f(); f()',
  'a getter that asks itself': 'const o = { get a() { return this.a } }; o.a',
  'a proxy that asks itself':
    'const p = new Proxy({}, { get: (t, key, receiver) => receiver[key] }); p.a',
  'a comparator that sorts': 'const f = () => [2, 1].sort(f); f()',
  'a toString that joins itself': 'const a = []; a.toString = () => `${a}`; `${a}`',
  'a replacer that replaces': 'const f = () => "a".replace(/a/, f); f()',
  'a constructor that constructs': 'class A { b = new A() }; new A()',
  'a deep list in a text': 'JSON.parse("[".repeat(1e6))',
  'a deep expression': '(0, eval)("(".repeat(1e5))',
  'a deep list to join': 'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; String(a)',
  'a deep list to flatten': 'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; a.flat(Infinity)',
  'a deep pattern': 'new RegExp("(?:".repeat(1e5) + ")".repeat(1e5)).test("a")',
  'a bound function of a bound function':
    'let f = () => 1; for (let i = 0; i < 1e5; i++) f = f.bind(null); f()',
  'a deep chain of prototypes':
    'let o = null; for (let i = 0; i < 1e5; i++) o = Object.create(o); o.x; throw 1',
} as const
