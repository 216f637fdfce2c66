import { expect, test } from 'vitest'
import type { RunResult } from '../../../link/link'
import type { HostCommands } from '../../images/host-commands'
import { KvmCounters } from './kvm'
import { ownersIn } from './kvm-guests'
import { reasonFrom } from './why-no-counters'

const uuid = '3f0c2a7e-9d5b-4c1e-8a61-0b7d2f4e9c55'
const commandLine = [
  '/usr/bin/qemu-system-x86_64',
  '-name',
  'guest=web,,01,debug-threads=on',
  '-uuid',
  uuid,
].join('\0')

/** By the first word that is no path: what the host answers. */
function hostThat(answers: Record<string, Partial<RunResult>>): HostCommands & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    run: async (argv) => {
      const program = argv.find((word) => !word.startsWith('PATH=')) ?? ''
      asked.push(program)
      return { stdout: '', stderr: '', code: 0, ...answers[program] }
    },
    start: () => Promise.reject(new Error('Nothing is started for this')),
  }
}

const counters = [
  '/proc/uptime:1234.56 4321.00',
  '/sys/kernel/debug/kvm/4711-12/exits:1500',
  '/sys/kernel/debug/kvm/4711-12/halt_exits:20',
  '/sys/kernel/debug/kvm/980-9/exits:7',
  '/sys/kernel/debug/kvm/980-9/vcpu0/tsc-offset:-55',
  '/sys/kernel/debug/kvm/980-9/not a counter',
].join('\n')

test('one command reads all guests, and each process is looked at once', async () => {
  const host = hostThat({
    find: { stdout: counters },
    head: {
      stdout: `==> /proc/4711/cmdline <==\n${commandLine}\n==> /proc/980/cmdline <==\n/bin/lkvm\0run\0`,
    },
  })
  const kvm = new KvmCounters(host)
  const reading = await kvm.read()
  expect(reading).toEqual({
    uptimeMs: 1_234_560,
    events: ['exits', 'halt_exits'],
    guests: [
      { id: '4711-12', pid: 4711, vm: uuid, name: 'web,01', values: [1500, 20] },
      { id: '980-9', pid: 980, values: [7, Number.NaN] },
    ],
  })
  await kvm.read()
  expect(host.asked).toEqual(['find', 'head', 'find'])
})

test('a guest that ends while it is read does not hide the others', async () => {
  const words =
    "grep: /sys/kernel/debug/kvm/55-3/exits: No such file or directory\nfind: '/sys/kernel/debug/kvm/55-3': No such file or directory"
  const host = hostThat({ find: { stdout: counters, stderr: words, code: 1 } })
  expect((await new KvmCounters(host).read()).guests).toHaveLength(2)
})

test('a host on which KVM runs nothing just now has no guests, which is no failure', async () => {
  const host = hostThat({ find: { stdout: '/proc/uptime:5.00 4.00\n' } })
  expect(await new KvmCounters(host).read()).toEqual({ uptimeMs: 5000, events: [], guests: [] })
  expect(host.asked).toEqual(['find'])
})

test('who may not look is told that only root may', async () => {
  const words = "find: '/sys/kernel/debug/kvm': Permission denied"
  const host = hostThat({ find: { stdout: '/proc/uptime:5.00 4.00\n', stderr: words, code: 1 } })
  await expect(new KvmCounters(host).read()).rejects.toMatchObject({
    kind: 'denied',
    cure: expect.stringContaining('root') as string,
    detail: words,
  })
})

test('a kernel in lockdown is named as the cause', async () => {
  const words = 'grep: /sys/kernel/debug/kvm/980-9/exits: Operation not permitted'
  // what is only a gauge can be read all the same
  const gauge = '/proc/uptime:5.00 4.00\n/sys/kernel/debug/kvm/980-9/blocking:1\n'
  const host = hostThat({ find: { stdout: gauge, stderr: words, code: 1 } })
  await expect(new KvmCounters(host).read()).rejects.toMatchObject({
    kind: 'denied',
    cure: expect.stringContaining('lockdown') as string,
  })
})

test('a debugfs that is not mounted is told with the command that mounts it', async () => {
  const host = hostThat({
    find: {
      stdout: '/proc/uptime:5.00 4.00\n',
      stderr: "find: '/sys/kernel/debug/kvm': No such file or directory",
      code: 1,
    },
    grep: { stdout: '/proc/filesystems:nodev\tdebugfs\n' },
  })
  await expect(new KvmCounters(host).read()).rejects.toMatchObject({
    kind: 'unsupported',
    message: 'The debugfs of the host is not mounted',
    cure: 'As root there: mount -t debugfs debugfs /sys/kernel/debug',
  })
})

test('a host without KVM is told so whatever else it lacks', () => {
  const lacking = { isMounted: false, isKnown: false, detail: '' }
  expect(reasonFrom({ ...lacking, hasKvm: false }).message).toBe('The host has no KVM')
  expect(reasonFrom({ ...lacking, hasKvm: true }).message).toContain('without debugfs')
  const rest = { hasKvm: true, isKnown: true, isMounted: true, detail: '' }
  expect(reasonFrom(rest).message).toBe('The kernel of the host has no counters of KVM')
})

test('a process whose command line names no guest is left without a name', () => {
  expect(ownersIn('==> /proc/12/cmdline <==\n/usr/bin/crosvm\0run\0')).toEqual(new Map([[12, {}]]))
})
