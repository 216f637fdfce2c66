import { expect, test } from 'vitest'
import { parseCommandLine, UsageError } from './command-line'

const nothing = { connect: [], demo: false, version: false, help: false, notes: [] }

test('an empty command line asks for nothing', () => {
  expect(parseCommandLine([])).toEqual(nothing)
})

test('--connect may be repeated and takes its value after a space or an equals sign', () => {
  expect(parseCommandLine(['--connect', 'qemu:///system', '--connect=test:///default?a=b'])).toEqual({
    ...nothing,
    connect: ['qemu:///system', 'test:///default?a=b'],
  })
})

test('--show-vm opens the details unless --tab names another tab', () => {
  expect(parseCommandLine(['--show-vm', 'web']).showVm).toEqual({ name: 'web', tab: 'overview' })
  expect(parseCommandLine(['--show-vm=web', '--tab', 'console']).showVm).toEqual({
    name: 'web',
    tab: 'console',
  })
  expect(parseCommandLine(['--show-vm=web', '--tab=performance']).showVm).toEqual({
    name: 'web',
    tab: 'overview',
  })
  expect(parseCommandLine(['--show-vm=web', '--tab=snapshots']).showVm).toEqual({
    name: 'web',
    tab: 'snapshots',
  })
})

test('switches of the runtime are left alone', () => {
  expect(parseCommandLine(['--no-sandbox', '--remote-debugging-port=0', '--inspect=0', '--demo'])).toEqual({
    ...nothing,
    demo: true,
  })
})

test.each([
  [['--conect', 'x'], 'Unknown option --conect'],
  [['web'], 'Unexpected argument web'],
  [['--connect'], '--connect needs a value'],
  [['--show-vm', 'a', '--tab', 'moon'], 'Unknown tab moon; use console, details, snapshots or performance'],
  [['--tab', 'console'], '--tab needs --show-vm'],
])('%j is refused with a sentence', (argv, message) => {
  expect(() => parseCommandLine(argv)).toThrow(new UsageError(message))
})
