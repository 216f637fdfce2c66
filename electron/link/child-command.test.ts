import { once } from 'node:events'
import { expect, it } from 'vitest'
import { startChild } from './child-command'
import { runCommand } from './run-command'

const run = (argv: string[]): ReturnType<typeof runCommand> =>
  runCommand((words, { signal } = {}) => startChild(words, signal), argv)

it('tells the code of a program that closes its output before it ends', async () => {
  expect(await run(['sh', '-c', 'exec >&-; sleep 0.1; exit 3'])).toMatchObject({ code: 3 })
})

it('ends a program that stays after its output was closed', async () => {
  const command = await startChild(['sh', '-c', 'exec >&-; exec sleep 600'])
  command.stream.resume()
  expect(await command.exit).toEqual({ signal: 'SIGTERM' })
}, 15_000)

it('ends a program whose stream is destroyed', async () => {
  // one that writes no more, or the closed pipe might end it first
  const command = await startChild(['sh', '-c', 'echo; exec sleep 600'])
  await once(command.stream, 'readable')
  command.stream.destroy()
  expect(await command.exit).toEqual({ signal: 'SIGTERM' })
})
