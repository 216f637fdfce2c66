import { expect, it } from 'vitest'
import { QmpClient, QmpError, QmpTimeoutError, type QmpEvent } from './index'
import { TestMonitor, type Asked } from './testing/monitor'

it('takes out-of-band commands where the monitor offers them, and tells its version', async () => {
  const monitor = new TestMonitor().greets((asked) => monitor.answer(asked, {}))
  const client = await QmpClient.open(monitor.stream)
  expect(client.version).toBe('7.2.22')
  expect(monitor.asked[0]).toMatchObject({ execute: 'qmp_capabilities', arguments: { enable: ['oob'] } })
  await client.execute('migrate-pause', {}, { isOutOfBand: true })
  expect(monitor.asked[1]).toMatchObject({ 'exec-oob': 'migrate-pause' })
})

it('gives each command its own answer, whatever the order they come in', async () => {
  const waiting: Asked[] = []
  const monitor = new TestMonitor().greets((asked) => {
    waiting.push(asked)
    if (waiting.length === 3) for (const one of waiting.toReversed()) monitor.answer(one, one.execute)
  })
  const client = await QmpClient.open(monitor.stream)
  expect(await Promise.all(['a', 'b', 'c'].map((name) => client.execute(name)))).toEqual(['a', 'b', 'c'])
})

it('reads messages that arrive in pieces, in the middle of a character too', async () => {
  const monitor = new TestMonitor().greets((asked) => {
    const bytes = Buffer.from(`${JSON.stringify({ return: 'grün', id: asked.id })}\n`)
    for (const byte of bytes) monitor.write(Uint8Array.of(byte))
  })
  const client = await QmpClient.open(monitor.stream)
  expect(await client.execute('x')).toBe('grün')
})

it('tells what the emulator refuses in its words, and goes on', async () => {
  const monitor = new TestMonitor().greets((asked) =>
    asked.execute === 'good'
      ? monitor.answer(asked, 1)
      : monitor.say({ id: asked.id, error: { class: 'DeviceNotFound', desc: "Device 'x' not found" } }),
  )
  const client = await QmpClient.open(monitor.stream)
  const error = await client.execute('device_del').catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(QmpError)
  expect(error).toMatchObject({ errorClass: 'DeviceNotFound', command: 'device_del' })
  expect(await client.execute('good')).toBe(1)
})

it('gives up a command in time, ignores its late answer, and goes on', async () => {
  let slow: Asked | undefined
  const monitor = new TestMonitor().greets((asked) => {
    if (asked.execute === 'slow') slow = asked
    else {
      if (slow) monitor.answer(slow, 'too late')
      monitor.answer(asked, 'in time')
    }
  })
  const client = await QmpClient.open(monitor.stream)
  await expect(client.execute('slow', {}, { timeoutMs: 1 })).rejects.toBeInstanceOf(QmpTimeoutError)
  expect(await client.execute('quick')).toBe('in time')
})

it('gives up a command when told to, with the reason it was given', async () => {
  const monitor = new TestMonitor().greets()
  const client = await QmpClient.open(monitor.stream)
  const stop = new AbortController()
  const waiting = client.execute('slow', {}, { signal: stop.signal })
  const why = new Error('enough')
  stop.abort(why)
  await expect(waiting).rejects.toBe(why)
  expect(client.isOpen).toBe(true)
})

it('keeps events until somebody listens, in their order', async () => {
  const monitor = new TestMonitor().greets((asked) => {
    monitor.say({ event: 'STOP', timestamp: {} })
    monitor.say({ event: 'RESET', data: { guest: true }, timestamp: {} })
    monitor.answer(asked, {})
  })
  const client = await QmpClient.open(monitor.stream)
  await client.execute('x')
  const told: QmpEvent[] = []
  client.onEvent((event) => told.push(event))
  expect(told).toEqual([
    { name: 'STOP', data: {} },
    { name: 'RESET', data: { guest: true } },
  ])
})

it('passes a line to the monitor for people, and its words back', async () => {
  const monitor = new TestMonitor().greets((asked) =>
    monitor.answer(asked, `${String(asked.arguments?.['command-line'])}\r\n`),
  )
  const client = await QmpClient.open(monitor.stream)
  expect(await client.hmp('info status')).toBe('info status\r\n')
})

it('asks once which commands there are', async () => {
  const monitor = new TestMonitor().greets((asked) =>
    monitor.answer(asked, [{ name: 'stop' }, { name: 'cont' }]),
  )
  const client = await QmpClient.open(monitor.stream)
  expect([...(await client.commands())]).toEqual(['stop', 'cont'])
  await client.commands()
  expect(monitor.asked.filter(({ execute }) => execute === 'query-commands')).toHaveLength(1)
})

it('says that a monitor which somebody else has does not greet', async () => {
  await expect(QmpClient.open(new TestMonitor().stream, { greetingTimeoutMs: 1 })).rejects.toMatchObject({
    kind: 'silent',
  })
})

it('ends what waits when the emulator goes, and takes no more commands', async () => {
  const monitor = new TestMonitor().greets(() => monitor.hangUp())
  const client = await QmpClient.open(monitor.stream)
  await expect(client.execute('quit')).rejects.toMatchObject({ kind: 'ended' })
  expect(await client.closed).toMatchObject({ kind: 'ended' })
  await expect(client.execute('x')).rejects.toMatchObject({ kind: 'ended' })
})

it.each([
  ['no JSON', '{"event": \n'],
  ['no object', '[1]\n'],
  ['an answer nobody asked for', '{"return": {}, "id": "i-99"}\n'],
  ['an answer to nothing', '{"return": {}}\n'],
  ['a second greeting', '{"QMP": {"version": {"qemu": {"major": 7, "minor": 2, "micro": 0}}}}\n'],
  ['what is not UTF-8', Uint8Array.of(0x22, 0xff, 0x22, 10)],
  ['a message that never ends', 'x'.repeat(2000)],
  ['a message nested too deep', `{"event": ${'['.repeat(60)}${']'.repeat(60)}}\n`],
  ['a flood of events nobody listens to', '{"event": "STOP"}\n'.repeat(11)],
])('ends the connection at %s', async (_, bytes) => {
  const monitor = new TestMonitor().greets()
  const limits = { lineBytes: 1000, depth: 50, heldEvents: 10 }
  const client = await QmpClient.open(monitor.stream, { limits })
  const waiting = client.execute('x')
  monitor.write(bytes)
  await expect(waiting).rejects.toMatchObject({ kind: 'broken' })
  expect(client.isOpen).toBe(false)
})

it('ends the connection when too many commands stay without an answer', async () => {
  const monitor = new TestMonitor().greets()
  const client = await QmpClient.open(monitor.stream, { limits: { lateAnswers: 2 } })
  for (let count = 0; count < 3; count += 1)
    await expect(client.execute('x', {}, { timeoutMs: 1 })).rejects.toBeInstanceOf(QmpTimeoutError)
  expect(await client.closed).toMatchObject({ kind: 'silent' })
})
