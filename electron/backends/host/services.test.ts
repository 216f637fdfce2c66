import { expect, test } from 'vitest'
import { AppError } from '../../../shared/errors'
import { bridgeHelperText, loopText } from '../../../shared/model/host-services'
import type { Link, RunResult } from '../../link/link'
import { activeServices, helperFrom, readHostServices } from './services'

type Answers = { readonly [program: string]: Partial<RunResult> }

function linkThat(answers: Answers): Link {
  return {
    run: async (argv: readonly string[]) => ({
      stdout: '',
      stderr: '',
      code: 0,
      ...(answers[argv.find((word) => !/^env$|=/.test(word)) ?? ''] ?? { code: 127 }),
    }),
  } as unknown as Link
}

const helper = '/usr/lib/qemu/qemu-bridge-helper'
const conf = '/etc/qemu/bridge.conf'

test('a host tells who sets up its network, who may use bridges, and how many loop devices are taken', async () => {
  const link = linkThat({
    systemctl: { code: 3, stdout: 'active\ninactive\nactive\nunknown\ninactive\nfailed\n' },
    stat: { code: 1, stdout: `4755 0 ${helper}\n644 0 ${conf}\n` },
    losetup: { stdout: '/dev/loop0\n/dev/loop1\n' },
    grep: { code: 2, stdout: `${conf}:# mine\n${conf}:allow br0\n/sys/module/loop/parameters/max_loop:8\n` },
  })
  expect(await readHostServices(link)).toEqual({
    network: ['NetworkManager', 'ifupdown'],
    bridgeHelper: { isInstalled: true, isSetuid: true, path: helper, bridges: ['br0'] },
    loopDevices: { inUse: 2, limit: 8 },
  })
})

test('what a host has no tools for stays unknown', async () => {
  expect(await readHostServices(linkThat({}))).toEqual({})
  const cut = { run: () => Promise.reject(new AppError('timed-out', 'No answer')) } as unknown as Link
  expect(await readHostServices(cut)).toEqual({})
  // no systemd: its tool complains and lists nothing
  expect(activeServices('')).toBeUndefined()
})

test('the bridge helper counts when it is there, becomes root, and its list allows something', () => {
  const text = (stat: string, list?: readonly string[]): string => bridgeHelperText(helperFrom(stat, list))
  const own = `4755 0 ${helper}\n640 0 ${conf}\n`
  expect(text('', ['allow br0'])).toMatch(/^Not installed/)
  expect(text(`755 0 ${helper}\n640 0 ${conf}\n`, ['allow br0'])).toMatch(/without the rights/)
  expect(text(`4755 1000 ${helper}\n640 0 ${conf}\n`, ['allow br0'])).toMatch(/without the rights/)
  expect(text(`4755 0 ${helper}\n`)).toMatch(/allows no bridge/)
  expect(text(own)).toMatch(/cannot be read/)
  expect(text(own, ['allow br0', '  allow br1', '', '# allow br2', 'deny br1'])).toBe(
    'Ordinary users may use br0',
  )
  expect(text(own, ['allow all'])).toBe('Ordinary users may use every bridge')
  expect(text(own, ['allow br0', 'deny all'])).toMatch(/allows no bridge/)
  expect(text(own, ['include /etc/qemu/more.conf'])).toMatch(/cannot be read/)
})

test('loop devices are told against what the module allows', () => {
  expect(loopText({ inUse: 3 })).toBe('3 in use')
  expect(loopText({ inUse: 3, limit: 0 })).toBe('3 in use')
  expect(loopText({ inUse: 3, limit: 64 })).toBe('3 in use, max_loop is 64')
  expect(loopText({ inUse: 64, limit: 64 })).toMatch(/as many as max_loop allows/)
})
